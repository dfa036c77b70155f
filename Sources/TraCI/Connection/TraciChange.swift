/// A variable that is to be set.
public struct TraciChange: Equatable, Sendable {
    let command: TraciCommand

    /// A variable of an object with its new value.
    public init<Domain, Value>(
        _ setting: TraciSetting<Domain, Value>, of object: TraciID<Domain>, to value: Value
    ) {
        command = .set(
            domain: Domain.code, variable: setting.code, object: object.text, value: setting.encode(value))
    }
}
