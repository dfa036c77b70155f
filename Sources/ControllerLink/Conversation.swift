/// What opens a connection, with the versions of the protocol that the caller speaks.
protocol OpeningContent: Sendable {
    var versions: [Int] { get }
}

/// The terms of a connection, with the version of the protocol that is spoken.
protocol TermsContent: Sendable {
    var version: Int { get }
}

/// What a caller says: an opening first, and then anything that is none.
protocol CallerMessage: LinkMessage {
    associatedtype Opening: OpeningContent

    /// Versions of the protocol that this program speaks.
    static var versions: [Int] { get }
    /// The opening, where it is one.
    var opening: Opening? { get }
    /// Whether the caller ends the connection.
    var isGoodbye: Bool { get }
}

/// What the side that is called says: its terms first, or goodbye.
protocol HostMessage: LinkMessage {
    associatedtype Terms: TermsContent

    static func acknowledge(_ acknowledgement: CentreMessage.Acknowledgement) -> Self
    static func heartbeat(_ heartbeat: CentreMessage.Heartbeat) -> Self
    static func goodbye(_ goodbye: Goodbye) -> Self
    /// The terms, where it states them.
    var terms: Terms? { get }
    /// Why the connection ends, where it says so.
    var parting: Goodbye? { get }
}

extension EdgeMessage.Hello: OpeningContent {}
extension CentreMessage.Welcome: TermsContent {}

extension EdgeMessage: CallerMessage {
    static var versions: [Int] { LinkCodec.versions }
    var opening: Hello? { if case .hello(let hello) = self { hello } else { nil } }
    var isGoodbye: Bool { if case .goodbye = self { true } else { false } }
}

extension CentreMessage: HostMessage {
    var terms: Welcome? { if case .welcome(let welcome) = self { welcome } else { nil } }
    var parting: Goodbye? { if case .goodbye(let goodbye) = self { goodbye } else { nil } }
}
