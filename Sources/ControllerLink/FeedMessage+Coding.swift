extension FeedMessage: LinkMessage {
    private enum Kind: String, Codable { case hello, readings, heartbeat, goodbye }

    /// Reads a message by its type.
    public init(from decoder: any Decoder) throws {
        switch try decoder.type(Kind.self) {
        case .hello: self = .hello(try Hello(from: decoder))
        case .readings: self = .readings(try EdgeMessage.Readings(from: decoder))
        case .heartbeat: self = .heartbeat(try CentreMessage.Heartbeat(from: decoder))
        case .goodbye: self = .goodbye(try Goodbye(from: decoder))
        }
    }

    /// Writes the message with its type.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .hello(let content): try encoder.write(Kind.hello, content)
        case .readings(let content): try encoder.write(Kind.readings, content)
        case .heartbeat(let content): try encoder.write(Kind.heartbeat, content)
        case .goodbye(let content): try encoder.write(Kind.goodbye, content)
        }
    }
}

extension FeedAnswer: LinkMessage {
    private enum Kind: String, Codable { case welcome, acknowledge, heartbeat, goodbye }

    /// Reads a message by its type.
    public init(from decoder: any Decoder) throws {
        switch try decoder.type(Kind.self) {
        case .welcome: self = .welcome(try Welcome(from: decoder))
        case .acknowledge: self = .acknowledge(try CentreMessage.Acknowledgement(from: decoder))
        case .heartbeat: self = .heartbeat(try CentreMessage.Heartbeat(from: decoder))
        case .goodbye: self = .goodbye(try Goodbye(from: decoder))
        }
    }

    /// Writes the message with its type.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .welcome(let content): try encoder.write(Kind.welcome, content)
        case .acknowledge(let content): try encoder.write(Kind.acknowledge, content)
        case .heartbeat(let content): try encoder.write(Kind.heartbeat, content)
        case .goodbye(let content): try encoder.write(Kind.goodbye, content)
        }
    }
}
