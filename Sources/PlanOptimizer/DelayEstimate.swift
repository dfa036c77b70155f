import PerformanceModel
import SignalModel

/// What the splits of a sequence of stages cost a junction by formula: a guess at which timings are worth simulating first.
struct DelayEstimate {
    /// Saturation flow of a lane where only a guess is needed, veh/h.
    private static let saturationFlow = 1800.0

    let stages: [[Int]]
    private let lostTime: Int
    /// Flow ratio of every lane, with the greens that serve it: for each of its groups the stages, and the time between them.
    private let loads: [(ratio: Double, greens: [(stages: [Int], between: Int)])]

    init(stages: [[Int]], loads: [Equisaturation.Load], rules: JunctionRules) {
        self.stages = stages
        let interstages = StagePlan(stages: stages.map { .init(groups: $0, green: 0) }).interstages(under: rules)
        lostTime = interstages.reduce(0, +)
        self.loads = loads.map { load in
            let greens = load.groups.map { group in
                let served = stages.indices.filter { stages[$0].contains(group) }
                let between = served.filter { stages[($0 + 1) % stages.count].contains(group) }
                return (stages: served, between: between.reduce(0) { $0 + interstages[$1] })
            }
            return (ratio: load.ratio, greens: greens)
        }
    }

    /// Uniform and incremental delay of all lanes, each by its flow ratio (HCM 2010 equations 18-20 and 18-45); a lane is
    /// taken to discharge as long as the group of its that is green longest.
    func value(of plan: StagePlan) -> Double {
        let cycle = Double(plan.stages.reduce(lostTime) { $0 + max(0, $1.green) })
        return loads.reduce(0) { sum, load in
            let longest = load.greens.map { served in
                served.stages.reduce(served.between) { $0 + max(0, plan.stages[$1].green) }
            }.max()
            let green = longest.map(Double.init) ?? cycle
            guard green > 0 else { return .infinity }
            let saturation = load.ratio * cycle / green
            let delay =
                HCM.uniformDelay(cycle: cycle, effectiveGreen: green, degreeOfSaturation: saturation)
                + HCM.incrementalDelay(
                    degreeOfSaturation: saturation, capacityPerHour: Self.saturationFlow * green / cycle)
            return sum + load.ratio * delay
        }
    }
}
