import SignalModel

/// Plans beside each other under one definition of delay, with paired seeds and intervals.
public struct PlanComparison: Codable, Equatable, Sendable {
    /// What was compared and how.
    public struct Setting: Codable, Equatable, Sendable {
        /// Name of the network.
        public var network: String
        /// What the plans were run in, with its version.
        public var simulator: String
        /// Window, s.
        public var begin: Double
        /// End of the window, s.
        public var end: Double
        /// Where the vehicles of a seed come from, in a sentence.
        public var demand: String
        /// Which delay, over which vehicles, in a sentence.
        public var definition: String
        /// Seeds, the same for each plan.
        public var seeds: [UInt64]

        /// States what was compared and how.
        public init(
            network: String, simulator: String, begin: Double, end: Double, demand: String, definition: String,
            seeds: [UInt64]
        ) {
            self.network = network
            self.simulator = simulator
            self.begin = begin
            self.end = end
            self.demand = demand
            self.definition = definition
            self.seeds = seeds
        }
    }

    /// One plan that takes part.
    public struct Entry: Codable, Equatable, Sendable {
        /// Name in this comparison.
        public var label: String
        /// What the plan is, in a few words.
        public var description: String
        /// Rules that it breaks, as far as they can be told from outside; nil for a controller that has no plan.
        public var violations: Int?

        /// Describes a plan.
        public init(label: String, description: String, violations: Int?) {
            self.label = label
            self.description = description
            self.violations = violations
        }
    }

    /// One plan that was asked for and could not be made.
    public struct Absence: Codable, Equatable, Sendable {
        /// Name that it would have in this comparison.
        public var label: String
        /// Why there is none, in the words of what should have made it.
        public var reason: String

        /// Names a plan that there is none of.
        public init(label: String, reason: String) {
            self.label = label
            self.reason = reason
        }
    }

    /// What a plan came to in one measure.
    public struct Value: Codable, Equatable, Sendable {
        /// The value of each seed.
        public let bySeed: [Double]
        /// Their mean and its interval.
        public let interval: MeanInterval
        /// Difference from the reference; nil for the reference itself.
        public let difference: PairedDifference?
    }

    /// What a plan came to on one movement.
    public struct MovementValue: Codable, Equatable, Sendable {
        /// Movement.
        public let movement: MovementID
        /// Vehicles, mean over the seeds.
        public let vehicles: Double
        /// Mean delay, s per vehicle, over the vehicles of all seeds.
        public let delay: Double
        /// Difference of delay from the reference, over the seeds in which both have vehicles; nil for the reference.
        public let difference: PairedDifference?
    }

    /// One plan at one level of demand.
    public struct Outcome: Codable, Equatable, Sendable {
        /// Plan.
        public let label: String
        /// What it came to, by measure; those that every run gives.
        public let values: [Measure: Value]
        /// Signalised movements.
        public let movements: [MovementValue]
    }

    /// All plans at one level of demand.
    public struct Level: Codable, Equatable, Sendable {
        /// Factor on the demand.
        public let demandScale: Double
        /// Plans, in the order of ``PlanComparison/plans``.
        public let outcomes: [Outcome]
    }

    /// What was compared and how.
    public let setting: Setting
    /// Plans; all but the reference are compared with it.
    public let plans: [Entry]
    /// Plans that were asked for and could not be made.
    public let absent: [Absence]
    /// Label of the plan that the others are compared with.
    public let reference: String
    /// Level of the interval of one mean.
    public let level: Double
    /// Level of the interval of one difference, so that those of all plans at all levels of demand hold together at ``level``
    /// (Bonferroni).
    public let differenceLevel: Double
    /// The table, for each level of demand.
    public let levels: [Level]

    /// Compares runs.
    ///
    /// - Parameters:
    ///   - runs: Figures by level of demand, plan and seed, in the order of `scales`, `plans` and the setting's seeds.
    ///   - reference: Label of the plan that the others are compared with.
    public init(
        setting: Setting, plans: [Entry], absent: [Absence] = [], reference: String, scales: [Double],
        runs: [[[RunFigures]]], level: Double = 0.95
    ) {
        precondition(runs.count == scales.count && runs.allSatisfy { $0.count == plans.count })
        precondition(runs.joined().allSatisfy { $0.count == setting.seeds.count } && !setting.seeds.isEmpty)
        let first = plans.firstIndex { $0.label == reference }!
        self.setting = setting
        self.plans = plans
        self.absent = absent
        self.reference = reference
        self.level = level
        let strict = PairedDifference.level(level, among: (plans.count - 1) * scales.count)
        differenceLevel = strict
        levels = zip(scales, runs).map { scale, plansRuns in
            let outcomes = plans.indices.map { position in
                Outcome(
                    label: plans[position].label, runs: plansRuns[position],
                    reference: position == first ? nil : plansRuns[first], level: level,
                    differenceLevel: strict)
            }
            return Level(demandScale: scale, outcomes: outcomes)
        }
    }
}

extension PlanComparison.Outcome {
    init(label: String, runs: [RunFigures], reference: [RunFigures]?, level: Double, differenceLevel: Double) {
        self.label = label
        var values: [Measure: PlanComparison.Value] = [:]
        for measure in Measure.allCases {
            guard let bySeed = Self.complete(runs, measure) else { continue }
            values[measure] = .init(
                bySeed: bySeed, interval: MeanInterval(of: bySeed, level: level),
                difference: reference.flatMap { Self.complete($0, measure) }
                    .map { PairedDifference(bySeed, reference: $0, level: differenceLevel) })
        }
        self.values = values
        movements = Self.movements(runs, reference: reference, level: differenceLevel)
    }

    /// The values of all runs; nil where one does not have it.
    private static func complete(_ runs: [RunFigures], _ measure: Measure) -> [Double]? {
        let values = runs.compactMap { measure.value(of: $0) }
        return values.count == runs.count ? values : nil
    }

    private static func movements(
        _ runs: [RunFigures], reference: [RunFigures]?, level: Double
    ) -> [PlanComparison.MovementValue] {
        func byMovement(_ run: RunFigures) -> [MovementID: RunFigures.Turn] {
            Dictionary(run.movements.map { ($0.movement, $0) }, uniquingKeysWith: { first, _ in first })
        }
        var order: [MovementID] = []
        var seen = Set<MovementID>()
        for turn in runs.flatMap(\.movements) where seen.insert(turn.movement).inserted { order.append(turn.movement) }
        let own = runs.map(byMovement)
        let others = reference?.map(byMovement)
        return order.map { movement in
            let turns = own.compactMap { $0[movement] }
            let vehicles = turns.reduce(0) { $0 + $1.vehicles }
            let delay = turns.reduce(0) { $0 + $1.vehicles * $1.delay }
            let pairs = zip(own, others ?? []).compactMap { mine, other in
                mine[movement].flatMap { mine in other[movement].map { (mine.delay, $0.delay) } }
            }
            return .init(
                movement: movement, vehicles: vehicles / Double(runs.count), delay: delay / max(vehicles, .ulpOfOne),
                difference: pairs.isEmpty
                    ? nil : PairedDifference(pairs.map(\.0), reference: pairs.map(\.1), level: level))
        }
    }
}
