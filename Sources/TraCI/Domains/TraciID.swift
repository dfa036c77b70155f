/// The name of one object of a domain.
public struct TraciID<Domain: TraciDomain>: Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The name as SUMO has it.
    public let text: String

    /// The object of a name.
    public init(_ text: String) { self.text = text }
    /// The object of a name.
    public init(stringLiteral value: String) { text = value }
    /// No object: for variables that are of none, such as the list of all objects.
    public static var none: Self { Self("") }
    /// The name.
    public var description: String { text }
    /// Order of the names.
    public static func < (first: Self, second: Self) -> Bool { first.text < second.text }
}
