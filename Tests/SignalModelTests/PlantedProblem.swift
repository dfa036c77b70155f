import Testing

/// A sound value, what is done to it, and the messages that must come of it: these and no others.
struct PlantedProblem<Value: Sendable>: Sendable, CustomTestStringConvertible {
    var name: String
    var messages: [String]
    var plant: @Sendable (inout Value) -> Void

    init(_ name: String, _ messages: String..., plant: @escaping @Sendable (inout Value) -> Void) {
        self.name = name
        self.messages = messages
        self.plant = plant
    }

    /// The value with the problem.
    func planted(in value: Value) -> Value {
        var value = value
        plant(&value)
        return value
    }

    var testDescription: String { name }
}
