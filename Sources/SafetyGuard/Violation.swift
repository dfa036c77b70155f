/// One rule that a plan breaks.
public struct Violation: Codable, Equatable, Sendable, CustomStringConvertible {
    /// One sentence for people.
    public var description: String
}
