/// A stable text identifier that names one kind of entity and cannot be mistaken for another kind's.
public struct Identifier<Entity>: Hashable, Sendable, Comparable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The identifier as documents spell it.
    public let text: String

    /// Names an entity by the text documents use for it.
    public init(_ text: String) { self.text = text }

    /// Names an entity by a literal.
    public init(stringLiteral value: String) { text = value }

    /// Reads the identifier from a single string.
    public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }

    /// Writes the identifier as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The identifier as documents spell it.
    public var description: String { text }

    /// Orders identifiers by their text.
    public static func < (first: Self, second: Self) -> Bool { first.text < second.text }
}

/// Names a ``Node``.
public typealias NodeID = Identifier<Node>
/// Names a ``Link``.
public typealias LinkID = Identifier<Link>
/// Names a ``Lane``.
public typealias LaneID = Identifier<Lane>
/// Names a ``Movement``.
public typealias MovementID = Identifier<Movement>
/// Names a ``Junction``.
public typealias JunctionID = Identifier<Junction>
/// Names a ``SignalGroup`` within its junction.
public typealias SignalGroupID = Identifier<SignalGroup>
/// Names a ``Stage`` within its junction.
public typealias StageID = Identifier<Stage>
/// Names a ``Program`` within its junction.
public typealias ProgramID = Identifier<Program>
/// Names a ``Detector``.
public typealias DetectorID = Identifier<Detector>
