/// What the centre says to a controller.
public enum CentreMessage: Equatable, Sendable {
    /// The controller is known; the first message of the centre.
    case welcome(Welcome)
    /// What the controller may do for a while.
    case lease(Lease)
    /// The sign of life.
    case heartbeat(Heartbeat)
    /// Everything up to a number was received, and all that it gave rise to has been sent.
    case acknowledge(Acknowledgement)
    /// Why the connection ends; the last message.
    case goodbye(Goodbye)

    /// The terms of the connection.
    public struct Welcome: Codable, Equatable, Sendable {
        /// Version of the protocol that is spoken from now on.
        public var version: Int
        /// Longest time between two messages of the centre, s.
        public var heartbeat: Double

        /// States the terms.
        public init(version: Int, heartbeat: Double) {
            self.version = version
            self.heartbeat = heartbeat
        }

        private enum CodingKeys: String, CodingKey {
            case version
            case heartbeat = "heartbeat_s"
        }
    }

    /// The sign of life.
    public struct Heartbeat: Codable, Equatable, Sendable {
        /// The centre's clock, s of network time.
        public var time: Double

        /// States the time.
        public init(time: Double) { self.time = time }

        private enum CodingKeys: String, CodingKey { case time = "time_s" }
    }

    /// What was received.
    public struct Acknowledgement: Codable, Equatable, Sendable {
        /// Greatest number of a message that was received.
        public var number: Int

        /// Acknowledges all messages up to a number.
        public init(number: Int) { self.number = number }

        private enum CodingKeys: String, CodingKey { case number = "upTo" }
    }
}
