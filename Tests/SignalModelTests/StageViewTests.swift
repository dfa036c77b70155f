import SignalModel
import TestSupport
import Testing

@Suite("Timings read as stages")
struct StageViewTests {
    /// Three vehicle groups A, B, C and a crossing P; A conflicts with B, C and P.
    private static let rules = JunctionRules(
        Junction(
            id: "J", nodes: ["J"],
            signalGroups: [
                SignalGroup(id: "A"), SignalGroup(id: "B"), SignalGroup(id: "C"),
                SignalGroup(id: "P", kind: .pedestrian, yellow: 0, crossing: Crossing(length: 6)),
            ],
            intergreens: [("A", "B", 5.0), ("B", "A", 5), ("A", "C", 5), ("C", "A", 5), ("A", "P", 6), ("P", "A", 9)]
                .map { Intergreen(ending: SignalGroupID($0.0), starting: SignalGroupID($0.1), seconds: $0.2) }))

    private func view(cycle: Double = 60, _ greens: [(SignalGroupID, [(Double, Double)])]) -> StageView {
        JunctionPlan(
            junction: "J", cycle: cycle, offset: 0,
            greens: greens.map { group, intervals in
                GroupGreens(group: group, intervals: intervals.map { GreenInterval(start: $0.0, duration: $0.1) })
            }
        ).stageView(under: Self.rules)
    }

    private func times(_ view: StageView) -> [[Double]] { view.stages.map { [$0.start, $0.green, $0.interstage] } }

    private func groups(_ view: StageView) -> [[Int]] { view.stages.map { $0.groups.map(\.group) } }

    @Test("a stage lasts while all its vehicles are green, and people who cross are in it for as long as they may")
    func crossingInStage() {
        let view = view([("A", [(0, 20)]), ("B", [(25, 30)]), ("C", [(27, 28)]), ("P", [(26, 15)])])
        #expect(times(view) == [[0, 20, 7], [27, 28, 5]])
        #expect(groups(view) == [[0], [1, 2, 3]])
        #expect(view.stages[1].groups.map(\.green) == [30, 28, 15])
        #expect(view.alwaysGreen.isEmpty && view.neverGreen.isEmpty)
    }

    @Test("a stage may run over the end of the cycle")
    func overTheEnd() {
        let view = view([("A", [(50, 25)]), ("B", [(20, 25)])])
        #expect(times(view) == [[20, 25, 5], [50, 25, 5]])
        #expect(view.neverGreen == [2, 3])
    }

    @Test("people who cross alone have a stage of their own")
    func crossingAlone() {
        let view = view([("A", [(0, 20)]), ("P", [(26, 15)]), ("B", [(50, 5)])])
        #expect(times(view) == [[0, 20, 6], [26, 15, 9], [50, 5, 5]])
        #expect(groups(view) == [[0], [3], [1]])
    }

    @Test("what is left of a stage is a stage when it outlasts every change", arguments: [(3.0, 2), (5, 2), (8, 3)])
    func earlyEnd(left: Double, stages: Int) {
        let view = view([("A", [(0, 20)]), ("B", [(25, 30)]), ("C", [(25, 30 - left)])])
        #expect(view.stages.count == stages)
        #expect(view.stages.reduce(0) { $0 + $1.green + $1.interstage } == 60)
    }

    @Test("groups that are always green are in no stage")
    func always() {
        let view = view([("B", [(0, 60)]), ("C", [(10, 20)])])
        #expect(times(view) == [[10, 20, 40]])
        #expect(view.alwaysGreen == [1])
        #expect(view.neverGreen == [0, 3])
    }

    @Test("where nothing changes there is no stage")
    func nothing() {
        #expect(view([("B", [(0, 60)])]).stages.isEmpty)
        #expect(view([]).neverGreen == [0, 1, 2, 3])
    }

    @Test("a timing made of stages is read back as these stages")
    func roundTrip() {
        let plan = StagePlan(
            stages: [
                .init(groups: [0], green: 17), .init(groups: [1, 2], green: 11), .init(groups: [2, 3], green: 9),
            ],
            offset: 12)
        let view = plan.junctionPlan(for: "J", under: Self.rules).stageView(under: Self.rules)
        #expect(view.stages.map(\.green) == [17, 11, 9])
        #expect(view.stages.map { Int($0.interstage) } == plan.interstages(under: Self.rules))
    }

    @Test(
        "stages fill the cycle, and every group is in a stage or always or never green",
        arguments: 0..<40 as Range<UInt64>)
    func randomTimings(seed: UInt64) throws {
        let junction = try #require(JunctionGenerator.junction(seed: seed).junctions.first)
        let rules = JunctionRules(junction)
        var random = SplitMix64(seed: seed)
        let maker = SafePlanMaker(junction)
        let plan = maker.plan(stages: maker.stages(random: &random), random: &random)
        let view = plan.stageView(under: rules)
        let sum = view.stages.reduce(0) { $0 + $1.green + $1.interstage }
        #expect(view.stages.isEmpty || abs(sum - plan.cycle) < 1e-6)
        #expect(view.stages.allSatisfy { $0.green > 0 && $0.interstage >= 0 })
        let shown = view.stages.flatMap { $0.groups.map(\.group) } + view.alwaysGreen + view.neverGreen
        #expect(Set(shown) == Set(rules.groups.indices))
        for stage in view.stages {
            for (number, one) in stage.groups.enumerated() {
                let leads = { (group: Int) in rules.groups[group].kind == .vehicle || rules.groups[group].kind == .tram
                }
                for other in stage.groups[(number + 1)...] where leads(one.group) && leads(other.group) {
                    #expect(!rules.areIncompatible(one.group, other.group))
                }
            }
        }
    }
}
