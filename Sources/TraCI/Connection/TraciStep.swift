import NIOCore

/// What the subscriptions brought after a step.
public struct TraciStep: Sendable {
    private struct Place: Hashable {
        let domain: UInt8
        let object: String
        let objects: UInt8
    }

    private var own: [UInt8: [String: [UInt8: TraciSubscriptionAnswer.Reading]]] = [:]
    private var around: [Place: [String: [UInt8: TraciSubscriptionAnswer.Reading]]] = [:]

    init(_ answers: [TraciSubscriptionAnswer]) {
        for answer in answers {
            if let objects = answer.objects {
                let place = Place(domain: answer.domain, object: answer.object, objects: objects)
                around[place, default: [:]].merge(answer.readings) { $0.merging($1) { $1 } }
            } else {
                own[answer.domain, default: [:]].merge(answer.readings) { $0.merging($1) { $1 } }
            }
        }
    }

    /// Values of the objects of a domain that were subscribed to.
    public func readings<Domain>(of domain: Domain.Type = Domain.self) -> TraciReadings<Domain> {
        TraciReadings(values: own[Domain.code] ?? [:])
    }

    /// Values of the objects of a domain that were near an object; nothing where that was not subscribed to.
    public func readings<Domain, Ego>(
        of domain: Domain.Type = Domain.self, around object: TraciID<Ego>
    ) -> TraciReadings<Domain>? {
        around[Place(domain: Ego.code, object: object.text, objects: Domain.code)].map { TraciReadings(values: $0) }
    }

    /// The value of a variable of one object; nothing where it was not subscribed to.
    ///
    /// - Throws: ``TraciError`` when SUMO had a reason for no value, or the value is of another type.
    public func value<Domain, Value>(
        _ variable: TraciVariable<Domain, Value>, of object: TraciID<Domain>
    ) throws(TraciError) -> Value? {
        guard let reading = own[Domain.code]?[object.text]?[variable.code] else { return nil }
        return try variable.decode(reading.get())
    }

    /// The value of a variable of the simulation; nothing where it was not subscribed to.
    ///
    /// - Throws: ``TraciError`` as for an object.
    public func value<Value>(_ variable: TraciVariable<Traci.Simulation, Value>) throws(TraciError) -> Value? {
        try value(variable, of: .none)
    }
}

extension TraciStep {
    /// The answer to a step: the number of subscriptions and what each brings.
    static func read(from message: inout ByteBuffer) throws(TraciError) -> TraciStep {
        let count = try message.readTraciCount("a number of subscriptions", leastSize: 8)
        var answers: [TraciSubscriptionAnswer] = []
        answers.reserveCapacity(count)
        for _ in 0..<count { answers.append(try TraciSubscriptionAnswer.read(from: &message)) }
        return TraciStep(answers)
    }
}
