import SignalModel

/// Flows that come to more vehicles than can be drawn one by one.
public struct TripCountError: Error, Equatable, CustomStringConvertible {
    /// Most vehicles that are drawn.
    public static let greatest = 1_000_000

    /// How many the flows come to.
    public var expected: Double

    /// Says how many there are, and how many there may be.
    public var description: String {
        "the flows come to \(Int(min(expected, 1e15))) vehicles: expected at most \(Self.greatest)"
    }

    static func check(_ flows: Flows) throws(TripCountError) {
        let hours = flows.intervalLength / 3600
        let expected = flows.sources.reduce(0) { sum, source in
            sum + source.flowPerHour.reduce(0) { $0 + ($1.isFinite ? max(0, $1) * hours : 0) }
        }
        guard expected <= Double(greatest) else { throw TripCountError(expected: expected) }
    }
}
