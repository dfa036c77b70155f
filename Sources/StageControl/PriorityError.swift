import SignalModel

/// Why a request for priority is not taken.
public enum PriorityError: Error, Equatable, Sendable {
    /// The junction has no signal for the movement.
    case unknownMovement(MovementID, JunctionID)
    /// It comes too early, or for a vehicle that has passed, s of network time.
    case badArrival(Double, ClosedRange<Double>)
    /// No vehicle has so many people on board.
    case badPeople(Double)
    /// Too many ask already.
    case tooMany
}

extension PriorityError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .unknownMovement(let movement, let junction):
            "movement: expected one that junction \(junction) has signals for, found \(Problem.quoted(movement.text))"
        case .badArrival(let arrival, let range):
            "arrival: expected a time from \(range.lowerBound) to \(range.upperBound) s, found \(arrival)"
        case .badPeople(let people): "people: expected a number from 0 to 1000000, found \(people)"
        case .tooMany: "expected at most \(LoopControl.greatestRequestCount) vehicles at a time that ask for priority"
        }
    }
}
