/// Why a pattern of turning flows cannot be fitted to totals.
public enum FurnessError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A value of the pattern is negative or no number.
    case badPattern(origin: Int, destination: Int, value: Double)
    /// The total of an origin is negative or no number.
    case badOrigin(Int, total: Double)
    /// The total of a destination is negative or no number.
    case badDestination(Int, total: Double)
    /// An origin has a total, but the pattern leads from it to no destination that has one.
    case noWayFrom(origin: Int)
    /// A destination has a total, but the pattern leads to it from no origin that has one.
    case noWayTo(destination: Int)

    /// One sentence for people; origins and destinations are counted from 0.
    public var description: String {
        switch self {
        case .badPattern(let origin, let destination, let value):
            "the pattern from origin \(origin) to destination \(destination) is \(value), expected 0 or more"
        case .badOrigin(let origin, let total): "the total of origin \(origin) is \(total), expected 0 or more"
        case .badDestination(let destination, let total):
            "the total of destination \(destination) is \(total), expected 0 or more"
        case .noWayFrom(let origin): "origin \(origin) has traffic, but no way to a destination that takes any"
        case .noWayTo(let destination): "destination \(destination) has traffic, but no way from an origin that has any"
        }
    }
}
