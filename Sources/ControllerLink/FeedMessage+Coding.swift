extension FeedMessage: LinkMessage {
    private enum Kind: String, Codable { case hello, readings, heartbeat, goodbye }

    /// Reads a message by its type.
    public init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: MessageKey.self).decode(Kind.self, forKey: .type) {
        case .hello: self = .hello(try Hello(from: decoder))
        case .readings: self = .readings(try EdgeMessage.Readings(from: decoder))
        case .heartbeat: self = .heartbeat(try CentreMessage.Heartbeat(from: decoder))
        case .goodbye: self = .goodbye(try Goodbye(from: decoder))
        }
    }

    /// Writes the message with its type.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: MessageKey.self)
        func write(_ kind: Kind, _ content: some Encodable) throws {
            try container.encode(kind, forKey: .type)
            try content.encode(to: encoder)
        }
        switch self {
        case .hello(let content): try write(.hello, content)
        case .readings(let content): try write(.readings, content)
        case .heartbeat(let content): try write(.heartbeat, content)
        case .goodbye(let content): try write(.goodbye, content)
        }
    }
}

extension FeedAnswer: LinkMessage {
    private enum Kind: String, Codable { case welcome, acknowledge, heartbeat, goodbye }

    /// Reads a message by its type.
    public init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: MessageKey.self).decode(Kind.self, forKey: .type) {
        case .welcome: self = .welcome(try Welcome(from: decoder))
        case .acknowledge: self = .acknowledge(try CentreMessage.Acknowledgement(from: decoder))
        case .heartbeat: self = .heartbeat(try CentreMessage.Heartbeat(from: decoder))
        case .goodbye: self = .goodbye(try Goodbye(from: decoder))
        }
    }

    /// Writes the message with its type.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: MessageKey.self)
        func write(_ kind: Kind, _ content: some Encodable) throws {
            try container.encode(kind, forKey: .type)
            try content.encode(to: encoder)
        }
        switch self {
        case .welcome(let content): try write(.welcome, content)
        case .acknowledge(let content): try write(.acknowledge, content)
        case .heartbeat(let content): try write(.heartbeat, content)
        case .goodbye(let content): try write(.goodbye, content)
        }
    }
}
