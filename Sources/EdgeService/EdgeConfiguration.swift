import ConfigurationFile
import ControllerLink
import EdgeControl
import Formats
import Foundation
import SafetyGuard
import SignalModel

/// What a controller's configuration file says.
public struct EdgeConfiguration: Codable, Equatable, Sendable {
    /// A plan with the time of day from which it runs.
    public struct Fallback: Codable, Equatable, Sendable {
        /// Local time, as `06:30`.
        public var from: String
        /// File of a plan (JSON) that has the junction.
        public var plan: String
    }

    /// An address.
    public struct Address: Codable, Equatable, Sendable {
        /// Name or number; the loopback without it.
        public var host: String?
        /// Port.
        public var port: Int
    }

    /// Where the centre listens, and how the link to it is encrypted.
    public struct Centre: Codable, Equatable, Sendable {
        /// Name or number; the loopback without it.
        public var host: String?
        /// Port.
        public var port: Int
        /// How the link is encrypted; without it it is not.
        public var encryption: Encryption?

        private enum CodingKeys: String, CodingKey {
            case host, port
            case encryption = "tls"
        }
    }

    /// Files of certificates in PEM, and the name that the centre's must have.
    public struct Encryption: Codable, Equatable, Sendable {
        /// File of the authorities that the centre's certificate must come from.
        public var authority: String
        /// File of the own certificate, which names the junction.
        public var certificate: String
        /// File of its key, which its owner alone may read.
        public var key: String
        /// What the centre's certificate must be made out to.
        public var name: String
    }

    /// Where the aspects go: one line of JSON every second.
    public struct Lamps: Codable, Equatable, Sendable {
        /// A file, a pipe or a device.
        public var path: String
    }

    /// What leases may ask for; the usual bounds without it.
    public struct LeaseBounds: Codable, Equatable, Sendable {
        /// Longest lease of a plan, s.
        public var longestPlan: Double?
        /// Longest lease of groups, s.
        public var longestGroups: Double?
        /// How old a lease may be, s.
        public var greatestAge: Double?
        /// How long leases of groups may keep a group from green, s.
        public var greatestRed: Int?

        private enum CodingKeys: String, CodingKey {
            case longestPlan = "longestPlan_s"
            case longestGroups = "longestGroups_s"
            case greatestAge = "greatestAge_s"
            case greatestRed = "greatestRed_s"
        }
    }

    /// Version of the format: 1.
    public var version: Int
    /// Junction of the network that is controlled.
    public var junction: String
    /// File of the network (JSON), which has the junction's rules.
    public var network: String
    /// The fallback programme.
    public var fallback: [Fallback]
    /// What local time is ahead of UTC, minutes.
    public var timeZone: Int?
    /// File that keeps the last lease over a restart.
    public var state: String?
    /// Where the centre listens; without it the fallback programme runs for good.
    public var centre: Centre?
    /// Where aspects go.
    public var lamps: Lamps
    /// Where detectors deliver their readings, as lines of JSON.
    public var detectors: Address?
    /// What leases may ask for.
    public var leases: LeaseBounds?
    /// Whether the controller controls its junction itself, second by second, while it has no lease; it needs detectors for
    /// control, and runs the fallback programme where it sees nothing.
    public var isLocal: Bool?

    private enum CodingKeys: String, CodingKey {
        case version, junction, network, fallback, state, centre, lamps, detectors, leases
        case timeZone = "timeZone_min"
        case isLocal = "localControl"
    }

    /// Reads a configuration; paths in it start from its own folder.
    ///
    /// - Throws: ``FormatError`` that names every field that is wrong.
    public static func read(_ path: String) throws(FormatError) -> EdgeConfiguration {
        var configuration = try YAMLDocument.read(EdgeConfiguration.self, from: path)
        let problems = configuration.problems
        guard problems.isEmpty else { throw FormatError(file: path, fault: .problems(problems)) }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        configuration.resolve(in: folder)
        return configuration
    }

    private mutating func resolve(in folder: String) {
        func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
        network = resolved(network)
        lamps.path = resolved(lamps.path)
        state = state.map(resolved)
        if let files = centre?.encryption {
            centre?.encryption = Encryption(
                authority: resolved(files.authority), certificate: resolved(files.certificate),
                key: resolved(files.key), name: files.name)
        }
        for position in fallback.indices { fallback[position].plan = resolved(fallback[position].plan) }
    }

    private var problems: [Problem] {
        var found: [Problem] = []
        let root = FieldPath()
        if version != 1 { found.append(Problem(root.field("version"), .kind("1"), found: "\(version)")) }
        if fallback.isEmpty { found.append(Problem(root.field("fallback"), .notEmpty, found: "none")) }
        for (position, entry) in fallback.enumerated() where Self.timeOfDay(entry.from) == nil {
            found.append(
                Problem(
                    root.item("fallback", position).field("from"), .kind("a time of day such as \"06:30\""),
                    found: Problem.quoted(entry.from)))
        }
        for (field, port) in [("centre", centre?.port), ("detectors", detectors?.port)] {
            if let port, !(1...65535).contains(port) {
                found.append(Problem(root.field(field).field("port"), .wholeNumber(1...65535), found: "\(port)"))
            }
        }
        if let name = centre?.encryption?.name, !TransportSecurity.isName(name) {
            found.append(
                Problem(
                    root.field("centre").field("tls").field("name"), .kind("a name such as \"centre.example\""),
                    found: Problem.quoted(name)))
        }
        if let timeZone, !(-1440...1440).contains(timeZone) {
            found.append(Problem(root.field("timeZone_min"), .wholeNumber(-1440...1440), found: "\(timeZone)"))
        }
        let bounds = [
            ("longestPlan_s", leases?.longestPlan), ("longestGroups_s", leases?.longestGroups),
            ("greatestAge_s", leases?.greatestAge), ("greatestRed_s", leases?.greatestRed.map(Double.init)),
        ]
        for (field, value) in bounds {
            if let value, !(1...86400).contains(value) {
                found.append(
                    Problem(
                        root.field("leases").field(field), .number(1...86400), found: Problem.plain(value)))
            }
        }
        return found
    }

    private static func timeOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hours = parts[0], let minutes = parts[1], (0...23).contains(hours),
            (0...59).contains(minutes)
        else { return nil }
        return hours * 3600 + minutes * 60
    }

    /// The network, and the junction of it that is controlled.
    ///
    /// - Throws: ``FormatError``.
    public func place() throws(FormatError) -> (network: Network, junction: Junction) {
        let network = try JSONDocument.read(Network.self, from: self.network)
        guard let junction = network.junctions.first(where: { $0.id.text == self.junction }) else {
            throw FormatError(file: self.network, fault: .unknownReference(kind: "junction", name: self.junction))
        }
        return (network, junction)
    }

    /// - Throws: ``FormatError`` where there are violations of the rules in a file.
    private static func refuse(_ violations: [Violation], of file: String) throws(FormatError) {
        guard !violations.isEmpty else { return }
        let words = violations.prefix(3).map(\.description).joined(separator: "; ")
        let more = violations.count > 3 ? " and \(violations.count - 3) more" : ""
        let expected = "what the safety guard passes at junction \(violations[0].junction)"
        throw FormatError(file: file, fault: .unexpected(expected: expected, found: words + more))
    }

    /// The settings of the controller, read from the files that the configuration names.
    ///
    /// - Throws: ``FormatError``.
    public func settings() throws(FormatError) -> EdgeSettings {
        let (network, junction) = try place()
        try Self.refuse(SafetyGuard.ruleViolations(at: junction, in: network), of: self.network)
        var plans: [EdgeSettings.FallbackPlan] = []
        for entry in fallback {
            let plan = try JSONDocument.read(Plan.self, from: entry.plan, for: network)
            guard let own = plan.junctions.first(where: { $0.junction == junction.id }) else {
                throw FormatError(
                    file: entry.plan, fault: .unknownReference(kind: "timing for junction", name: self.junction))
            }
            try Self.refuse(SafetyGuard.violations(of: own, at: junction), of: entry.plan)
            plans.append(.init(timeOfDay: Self.timeOfDay(entry.from) ?? 0, plan: own))
        }
        var settings = EdgeSettings(junction: junction, fallback: plans)
        settings.inside = network.detectorsInside[junction.id] ?? [:]
        settings.timeOfDayOffset = (timeZone ?? 0) * 60
        if let longest = leases?.longestPlan { settings.longestPlanLease = longest }
        if let longest = leases?.longestGroups { settings.longestGroupsLease = longest }
        if let greatest = leases?.greatestAge { settings.greatestLeaseAge = greatest }
        if let greatest = leases?.greatestRed { settings.greatestRed = greatest }
        return settings
    }
}
