/// A message of either side, as one object of JSON whose field `type` says which it is.
public protocol LinkMessage: Codable, Equatable, Sendable {}

extension EdgeMessage: LinkMessage {
    private enum Kind: String, Codable { case hello, status, readings, report, answer, goodbye }

    /// Reads a message by its type.
    public init(from decoder: any Decoder) throws {
        switch try decoder.type(Kind.self) {
        case .hello: self = .hello(try Hello(from: decoder))
        case .status: self = .status(try Status(from: decoder))
        case .readings: self = .readings(try Readings(from: decoder))
        case .report: self = .report(try EdgeReport(from: decoder))
        case .answer: self = .answer(try LeaseAnswer(from: decoder))
        case .goodbye: self = .goodbye(try Goodbye(from: decoder))
        }
    }

    /// Writes the message with its type.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .hello(let content): try encoder.write(Kind.hello, content)
        case .status(let content): try encoder.write(Kind.status, content)
        case .readings(let content): try encoder.write(Kind.readings, content)
        case .report(let content): try encoder.write(Kind.report, content)
        case .answer(let content): try encoder.write(Kind.answer, content)
        case .goodbye(let content): try encoder.write(Kind.goodbye, content)
        }
    }
}

extension CentreMessage: LinkMessage {
    private enum Kind: String, Codable { case welcome, lease, heartbeat, acknowledge, goodbye }

    /// Reads a message by its type.
    public init(from decoder: any Decoder) throws {
        switch try decoder.type(Kind.self) {
        case .welcome: self = .welcome(try Welcome(from: decoder))
        case .lease: self = .lease(try Lease(from: decoder))
        case .heartbeat: self = .heartbeat(try Heartbeat(from: decoder))
        case .acknowledge: self = .acknowledge(try Acknowledgement(from: decoder))
        case .goodbye: self = .goodbye(try Goodbye(from: decoder))
        }
    }

    /// Writes the message with its type.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .welcome(let content): try encoder.write(Kind.welcome, content)
        case .lease(let content): try encoder.write(Kind.lease, content)
        case .heartbeat(let content): try encoder.write(Kind.heartbeat, content)
        case .acknowledge(let content): try encoder.write(Kind.acknowledge, content)
        case .goodbye(let content): try encoder.write(Kind.goodbye, content)
        }
    }
}

/// Fields that every message has.
enum MessageKey: String, CodingKey { case type, number }

extension Decoder {
    /// Which message it is.
    func type<Kind: Decodable>(_ kind: Kind.Type) throws -> Kind {
        try container(keyedBy: MessageKey.self).decode(kind, forKey: .type)
    }
}

extension Encoder {
    /// Writes which message it is, and then what is in it.
    func write(_ kind: some Encodable, _ content: some Encodable) throws {
        var container = container(keyedBy: MessageKey.self)
        try container.encode(kind, forKey: .type)
        try content.encode(to: self)
    }
}

/// A message with its number in the connection.
struct LinkFrame<Message: LinkMessage>: Codable, Equatable, Sendable {
    /// From 1, one more for each message of the same side.
    var number: Int
    var message: Message

    init(number: Int, message: Message) {
        self.number = number
        self.message = message
    }

    init(from decoder: any Decoder) throws {
        number = try decoder.container(keyedBy: MessageKey.self).decode(Int.self, forKey: .number)
        message = try Message(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: MessageKey.self)
        try container.encode(number, forKey: .number)
        try message.encode(to: encoder)
    }
}
