import PlanAdaptation
import SignalModel

/// How the centre of a city works.
public struct CentreSettings: Sendable {
    /// How plans follow demand.
    public struct Adaptation: Sendable {
        /// Time between two decisions, s.
        public var every = 300.0
        /// Longest time that a search may take, s; nil where only its work is bounded, as for a simulated street.
        public var deadline: Double? = 20
        /// Who lets a new plan onto the street.
        public var approval = CityConfiguration.Adaptation.Approval.automatic
        /// The law itself.
        public var law: AdaptationSettings = {
            var law = AdaptationSettings()
            // A shorter time begins with empty streets for too large a part of it, and favours long cycles.
            law.horizon = 3600
            law.intervals = 4
            return law
        }()

        /// The usual settings.
        public init() {}
    }

    /// How junctions are controlled second by second.
    public struct Control: Sendable {
        /// How long a lease of a stage runs, s.
        public var lease = 10.0

        /// The usual settings.
        public init() {}
    }

    /// By how much the time of a street may step back before it is another street, s.
    static let greatestStepBack = 60.0
    /// How long a proposal waits for an engineer before a newer one takes its place, s.
    static let considerationTime = 1800.0
    /// By how much the time of what a controller reports may differ from the centre's, s: it may have had no link for long.
    static let greatestReportAge = 86400.0
    /// Characters of a report that are kept.
    static let greatestReportLength = 1000
    /// Reports of one controller that are kept in a minute.
    static let greatestReportCount = 100
    /// How long a connection of people may stand without a request, s.
    static let longestIdleTime: Int64 = 15
    /// Connections of people at a time.
    static let greatestPeopleCount = 512
    /// How long after a second its readings may still come, s.
    static let readingDelay = 2.0

    /// What the centre's time is.
    public var clock = CityConfiguration.Clock.system
    /// What local time is ahead of network time, s.
    public var localOffset = 0.0
    /// How long a lease runs, s.
    public var leaseTime = 120.0
    /// How far back counts are looked at, s.
    public var window = 900.0
    /// How plans follow demand; nil where they do not.
    public var adaptation: Adaptation?
    /// How junctions that have detectors for it are controlled second by second; nil where they run plans.
    public var control: Control?
    /// Junctions of each district by name; none for a cut where junctions exchange least traffic.
    public var districts: [(name: String, junctions: [JunctionID])] = []

    /// How long a controller, which tells of every second, may say nothing before it counts as not connected, s.
    ///
    /// People are to see within two seconds that a cable was cut. Seconds of a simulated street may come in a rush.
    var longestPause: Double { clock == .street ? 5 : 1.5 }

    /// The usual settings.
    public init() {}

    /// The settings that a configuration states.
    public init(_ configuration: CityConfiguration) {
        clock = configuration.clock ?? .system
        localOffset = Double(configuration.timeZone ?? 0) * 60
        leaseTime = configuration.lease ?? 120
        window = configuration.adaptation?.window ?? 900
        adaptation = configuration.adaptation.map { stated in
            var adaptation = Adaptation()
            adaptation.every = stated.every ?? 300
            adaptation.law.replanEvery = adaptation.every - 10
            adaptation.law.leastHold = adaptation.every - 10
            adaptation.deadline = stated.deadline ?? (clock == .street ? nil : 20)
            adaptation.approval = stated.approval ?? .automatic
            return adaptation
        }
        control = configuration.control.map { stated in
            var control = Control()
            control.lease = stated.lease ?? control.lease
            return control
        }
        districts = (configuration.districts ?? []).map { ($0.name, $0.junctions.map { JunctionID($0) }) }
    }

    /// Junctions of each district, by position, in every case each junction in one district.
    ///
    /// - Throws: ``CentreError`` where a district names what is not there, or a junction is in two or none.
    func districts(of network: Network) throws(CentreError) -> [(name: String, junctions: [Int])] {
        guard !districts.isEmpty else { return cut(network) }
        let indexOf = Dictionary(uniqueKeysWithValues: network.junctions.enumerated().map { ($1.id, $0) })
        var owner: [Int?] = network.junctions.map { _ in nil }
        for (number, district) in districts.enumerated() {
            for id in district.junctions {
                guard let junction = indexOf[id] else { throw .unknownJunction(id, district: district.name) }
                guard owner[junction] == nil else { throw .junctionInTwoDistricts(id) }
                owner[junction] = number
            }
        }
        if let free = owner.firstIndex(of: nil) { throw .junctionWithoutDistrict(network.junctions[free].id) }
        return districts.enumerated().map { number, district in
            (district.name, owner.indices.filter { owner[$0] == number })
        }
    }

    private func cut(_ network: Network) -> [(name: String, junctions: [Int])] {
        let flows = Flows(start: 0, intervalLength: 300, intervalCount: 1, sources: [], movements: [])
        let parts = NetworkParts(network: network, flows: flows)
        let partition = SubareaPartition(
            network: network, couplings: parts.couplings, greatest: Self.greatestDistrict)
        return partition.subareas.enumerated().map { ("district \($0 + 1)", $1) }
    }

    /// Most junctions of a district that nobody has named.
    static let greatestDistrict = 40
}
