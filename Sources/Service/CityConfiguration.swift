/// What the centre's configuration file says (YAML).
public struct CityConfiguration: Codable, Equatable, Sendable {
    /// An address to listen at.
    public struct Listener: Codable, Equatable, Sendable {
        /// Name or number; the loopback without it.
        public var host: String?
        /// Port; 0 for any that is free.
        public var port: Int
        /// Certificates; without them only the loopback may be listened at.
        public var tls: TLS?
    }

    /// Files of certificates and keys (PEM).
    public struct TLS: Codable, Equatable, Sendable {
        /// The centre's certificate, with those between it and its authority.
        public var certificate: String
        /// The key of the certificate, which nobody else may read.
        public var key: String
        /// The authority that signs the certificates of controllers; for `edges` alone.
        public var authority: String?
    }

    /// Detectors of others, which deliver over a plain feed.
    public struct Feed: Codable, Equatable, Sendable {
        /// Who may deliver.
        public struct Source: Codable, Equatable, Sendable {
            /// What it calls itself.
            public var name: String
            /// SHA-256 of its token, 64 hexadecimal digits.
            public var token: String

            private enum CodingKeys: String, CodingKey {
                case name
                case token = "token_sha256"
            }
        }

        /// Name or number; the loopback without it.
        public var host: String?
        /// Port; 0 for any that is free.
        public var port: Int
        /// Certificate and key; without them only the loopback may be listened at.
        public var tls: TLS?
        /// Who may deliver.
        public var sources: [Source]
    }

    /// Somebody who may use the HTTP interface.
    public struct Person: Codable, Equatable, Sendable {
        /// What the audit log calls the person.
        public var name: String
        /// What the person may do.
        public var role: Role
        /// SHA-256 of the person's token, 64 hexadecimal digits.
        public var token: String

        private enum CodingKeys: String, CodingKey {
            case name, role
            case token = "token_sha256"
        }
    }

    /// What makes plans follow demand.
    public struct Adaptation: Codable, Equatable, Sendable {
        /// Who lets a new plan onto the street.
        public enum Approval: String, Codable, Sendable, CaseIterable {
            /// Nobody has to: what the safety guard lets pass runs.
            case automatic
            /// An engineer, for every plan.
            case engineer
        }

        /// Time between two decisions, s; 300 without it.
        public var every: Double?
        /// How far back counts are looked at, s; 900 without it.
        public var window: Double?
        /// Longest time that a search may take, s; without it 20, and as long as it takes where the time is the street's.
        public var deadline: Double?
        /// Who lets a new plan onto the street; automatic without it.
        public var approval: Approval?

        private enum CodingKeys: String, CodingKey {
            case approval
            case every = "every_s"
            case window = "window_s"
            case deadline = "deadline_s"
        }
    }

    /// What makes junctions go by what comes, second by second.
    public struct Control: Codable, Equatable, Sendable {
        /// How long a lease of a stage runs, s; 10 without it.
        public var lease: Double?

        private enum CodingKeys: String, CodingKey { case lease = "lease_s" }
    }

    /// Junctions that are timed together, and go on working when others do not.
    public struct District: Codable, Equatable, Sendable {
        /// What people call it.
        public var name: String
        /// Its junctions.
        public var junctions: [String]
    }

    /// How long things are kept.
    public struct Retention: Codable, Equatable, Sendable {
        /// Readings as they came, hours; 48 without it.
        public var readings: Double?
        /// Events and leases, days; 90 without it.
        public var events: Double?

        private enum CodingKeys: String, CodingKey {
            case readings = "readings_h"
            case events = "events_d"
        }
    }

    /// A copy of the store, made while the centre runs.
    public struct Backup: Codable, Equatable, Sendable {
        /// File of the copy; each replaces the one before.
        public var path: String
        /// Time between two copies, hours; 24 without it.
        public var every: Double?

        private enum CodingKeys: String, CodingKey {
            case path
            case every = "every_h"
        }
    }

    /// What the centre's time is.
    public enum Clock: String, Codable, Sendable, CaseIterable {
        /// That of the system.
        case system
        /// That of the controllers, for a street that is simulated faster or slower than time passes.
        case street
    }

    /// Version of the format: 1.
    public var version: Int
    /// File of the network (JSON).
    public var network: String
    /// File of the plan to begin with (JSON); the network's present programs without it.
    public var plan: String?
    /// File of the store, made where there is none.
    public var store: String
    /// What the centre's time is; the system's without it.
    public var clock: Clock?
    /// What local time is ahead of UTC, minutes.
    public var timeZone: Int?
    /// Where controllers call.
    public var edges: Listener
    /// Where detectors of others deliver; nowhere without it.
    public var feed: Feed?
    /// Where people and programs ask; nowhere without it.
    public var http: Listener?
    /// Who may ask.
    public var people: [Person]?
    /// How long a lease runs, s; 120 without it.
    public var lease: Double?
    /// How plans follow demand; they do not without it.
    public var adaptation: Adaptation?
    /// Control of the second at junctions that have detectors for it; without it they run plans.
    public var control: Control?
    /// Districts; without them the network is cut where junctions exchange least traffic.
    public var districts: [District]?
    /// How long things are kept.
    public var retention: Retention?
    /// A copy of the store.
    public var backup: Backup?

    private enum CodingKeys: String, CodingKey {
        case version, network, plan, store, clock, edges, feed, http, people, adaptation, control, districts, retention,
            backup
        case timeZone = "timeZone_min"
        case lease = "lease_s"
    }
}

/// What a person may do; each role may do what those before it may.
public enum Role: String, Codable, Sendable, CaseIterable, Comparable {
    /// See.
    case viewer
    /// Hold plans, force the fallback programme, acknowledge alarms.
    case `operator`
    /// Approve and reject plans, make copies of the store.
    case engineer

    /// Whether one may do less than another.
    public static func < (first: Role, second: Role) -> Bool {
        allCases.firstIndex(of: first)! < allCases.firstIndex(of: second)!
    }
}
