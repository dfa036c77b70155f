/// What a feed of detectors says to the centre.
public enum FeedMessage: Equatable, Sendable {
    /// Who calls; the first message of a connection.
    case hello(Hello)
    /// What detectors measured.
    case readings(EdgeMessage.Readings)
    /// The sign of life of a feed that has nothing to say.
    case heartbeat(CentreMessage.Heartbeat)
    /// Why the connection ends; the last message.
    case goodbye(Goodbye)

    /// Versions of the protocol of feeds that this program speaks.
    public static let versions = [1]

    /// Who calls, and what lets it in.
    public struct Hello: Codable, Equatable, Sendable {
        /// Versions of the protocol that it speaks.
        public var versions: [Int]
        /// Name of the feed, under which its readings are kept.
        public var source: String
        /// What shows that it is that feed.
        public var token: FeedToken

        /// Introduces a feed.
        public init(versions: [Int] = FeedMessage.versions, source: String, token: FeedToken) {
            self.versions = versions
            self.source = source
            self.token = token
        }
    }
}

/// What the centre says to a feed of detectors.
public enum FeedAnswer: Equatable, Sendable {
    /// The feed is let in; the first message of the centre.
    case welcome(Welcome)
    /// Everything up to a number was received, and is kept.
    case acknowledge(CentreMessage.Acknowledgement)
    /// The sign of life.
    case heartbeat(CentreMessage.Heartbeat)
    /// Why the connection ends; the last message.
    case goodbye(Goodbye)

    /// The terms of the connection.
    public struct Welcome: Codable, Equatable, Sendable {
        /// Version of the protocol that is spoken from now on.
        public var version: Int
        /// Messages that may be on the way without an acknowledgement.
        public var window: Int
        /// Longest time between two messages of the centre, s.
        public var heartbeat: Double

        /// States the terms.
        public init(version: Int, window: Int, heartbeat: Double) {
            self.version = version
            self.window = window
            self.heartbeat = heartbeat
        }

        private enum CodingKeys: String, CodingKey {
            case version, window
            case heartbeat = "heartbeat_s"
        }
    }
}

extension FeedMessage.Hello: OpeningContent {}
extension FeedAnswer.Welcome: TermsContent {}

extension FeedMessage: CallerMessage {
    var opening: Hello? { if case .hello(let hello) = self { hello } else { nil } }
    var isGoodbye: Bool { if case .goodbye = self { true } else { false } }
}

extension FeedAnswer: HostMessage {
    var terms: Welcome? { if case .welcome(let welcome) = self { welcome } else { nil } }
    var parting: Goodbye? { if case .goodbye(let goodbye) = self { goodbye } else { nil } }
}
