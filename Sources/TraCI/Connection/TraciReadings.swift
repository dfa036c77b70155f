/// Values of subscribed variables of objects of one domain.
public struct TraciReadings<Domain: TraciDomain>: Sendable {
    let values: [String: [UInt8: TraciSubscriptionAnswer.Reading]]

    /// The objects that there are values of, in the order of their names.
    public var objects: [TraciID<Domain>] { values.keys.sorted().map { TraciID($0) } }
    /// Number of objects.
    public var count: Int { values.count }

    /// The value of a variable of an object; nothing where it was not subscribed to, or the object is gone.
    ///
    /// - Throws: ``TraciError`` when SUMO had a reason for no value, or the value is of another type.
    public func value<Value>(
        _ variable: TraciVariable<Domain, Value>, of object: TraciID<Domain>
    ) throws(TraciError) -> Value? {
        guard let reading = values[object.text]?[variable.code] else { return nil }
        return try variable.decode(reading.get())
    }
}
