import SignalModel

/// What a controller says to the centre.
public enum EdgeMessage: Equatable, Sendable {
    /// Who calls; the first message of a connection.
    case hello(Hello)
    /// What the lamps show; also the sign of life.
    case status(Status)
    /// What detectors measured.
    case readings(Readings)
    /// Something that the centre must know.
    case report(EdgeReport)
    /// What became of a lease.
    case answer(LeaseAnswer)
    /// Why the connection ends; the last message.
    case goodbye(Goodbye)

    /// Who calls, and what it knows.
    public struct Hello: Codable, Equatable, Sendable {
        /// Versions of the protocol that it speaks.
        public var versions: [Int]
        /// Junction that it runs.
        public var junction: JunctionID
        /// Program and version, for people.
        public var software: String
        /// Greatest sequence number of a lease that it has seen, which the next lease must exceed; 0 for none.
        public var lastSequence: Int

        /// Introduces a controller.
        public init(versions: [Int], junction: JunctionID, software: String, lastSequence: Int) {
            self.versions = versions
            self.junction = junction
            self.software = software
            self.lastSequence = lastSequence
        }

        /// Reads an introduction whose sequence number leaves room for the next ones.
        public init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            versions = try fields.decode([Int].self, forKey: .versions)
            junction = try fields.decode(JunctionID.self, forKey: .junction)
            software = try fields.decode(String.self, forKey: .software)
            lastSequence = try fields.decode(Int.self, forKey: .lastSequence)
            guard (0...Lease.greatestSequence).contains(lastSequence) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .lastSequence, in: fields,
                    debugDescription: "expected a number from 0 to \(Lease.greatestSequence)")
            }
        }

        private enum CodingKeys: String, CodingKey { case versions, junction, software, lastSequence }
    }

    /// What the lamps show from a second on.
    public struct Status: Codable, Equatable, Sendable {
        /// The second, s of network time.
        public var time: Double
        /// What the controller runs.
        public var running: RunningContent
        /// Sequence number of the lease that it runs; absent in fallback.
        public var lease: Int?
        /// One aspect for each signal group, in the junction's order.
        public var aspects: [LampAspect]

        /// States what the lamps show.
        public init(time: Double, running: RunningContent, lease: Int?, aspects: [LampAspect]) {
            self.time = time
            self.running = running
            self.lease = lease
            self.aspects = aspects
        }

        private enum CodingKeys: String, CodingKey {
            case running, lease, aspects
            case time = "time_s"
        }
    }

    /// What detectors measured.
    public struct Readings: Codable, Equatable, Sendable {
        /// When they were collected, s of network time.
        public var time: Double
        /// One for each detector and interval.
        public var readings: [DetectorReading]

        /// Collects readings.
        public init(time: Double, readings: [DetectorReading]) {
            self.time = time
            self.readings = readings
        }

        private enum CodingKeys: String, CodingKey {
            case readings
            case time = "time_s"
        }
    }
}

/// What a controller runs.
public enum RunningContent: String, Codable, Sendable, CaseIterable {
    /// All red after a start, until whoever may still be in the junction has left it.
    case starting
    /// Its own fallback programme.
    case fallback
    /// The plan of a lease.
    case plan
    /// The groups of a lease.
    case groups
    /// What its own control law wants, without a lease.
    case local
}

/// What the lamps of a signal group show, as the protocol spells it.
public enum LampAspect: String, Codable, Sendable, CaseIterable {
    case red, redAmber, green, yellow
}

/// Why a connection ends.
public struct Goodbye: Codable, Equatable, Sendable {
    /// The reason, for people.
    public var reason: String

    /// States a reason.
    public init(reason: String) { self.reason = reason }
}
