import SignalModel
import TestSupport
import Testing

@Suite("Problems of a junction")
struct JunctionProblemsTests {
    typealias Case = PlantedProblem<Junction>

    static let rules: [Case] = [
        Case(
            "a negative least green",
            ".signalGroups[1] \"side\" .leastGreen_s: must be a number from 0 to 3600, found -4"
        ) { $0.signalGroups[1].leastGreen = -4 },
        Case(
            "a least green that is no number",
            ".signalGroups[0] \"main\" .leastGreen_s: must be a number from 0 to 3600, found nan"
        ) { $0.signalGroups[0].leastGreen = .nan },
        Case(
            "a greatest green below the least",
            ".signalGroups[0] \"main\" .greatestGreen_s: must be a number from 5 to 86400, found 4"
        ) { $0.signalGroups[0].greatestGreen = 4 },
        Case(
            "two groups of one name",
            ".signalGroups[3] \"side\" .id: must be unique, found \"side\", as in junctions[0] \"J\" .signalGroups[1]"
        ) { $0.signalGroups.append($0.signalGroups[1]) },
        Case(
            "people who stand still",
            ".signalGroups[2] \"walk\" .crossing.walkingSpeed_mps: must be a number from 0.1 to 20, found 0"
        ) { $0.signalGroups[2].crossing?.walkingSpeed = 0 },
        Case("a crossing over nothing", ".signalGroups[2] \"walk\" .crossing.crosses[0]: must be a link, found \"X\"") {
            $0.signalGroups[2].crossing?.crosses = ["X"]
        },
        Case(
            "a crossing under a signal that is not there",
            ".signalGroups[2] \"walk\" .crossing.signalIndices[1]: must be a signal number below the signal count 3, found \"3\""
        ) { $0.signalGroups[2].crossing?.signalIndices = [2, 3] },
        Case(
            "a signal of two crossings",
            ".signalGroups[3] \"other walk\" .crossing.signalIndices[0]: must be a signal number of no other group, found 2, as of group \"walk\""
        ) {
            $0.signalGroups.append($0.signalGroups[2])
            $0.signalGroups[3].id = "other walk"
        },
        Case(
            "an intergreen between a group and itself",
            ".intergreens[1].starting: must be another than \"side\", found the group itself"
        ) { $0.intergreens[1].starting = "side" },
        Case(
            "an intergreen of a group that is not there",
            ".intergreens[0].ending: must be a signal group, found \"X\""
        ) { $0.intergreens[0].ending = "X" },
        Case("an intergreen twice", ".intergreens[2]: must be unique, found \"main\" and \"side\" again") {
            $0.intergreens.append($0.intergreens[0])
        },
        Case(
            "an endless intergreen",
            ".intergreens[0].intergreen_s: must be a number from 0 to 3600, found inf"
        ) { $0.intergreens[0].seconds = .infinity },
        Case(
            "a group that gives way to itself",
            ".permittedConflicts[0].priority: must be another than \"side\", found the group itself"
        ) { $0.permittedConflicts[0].priority = "side" },
        Case("a node that is not there", ".nodes[1]: must be a node, found \"X\"") { $0.nodes.append("X") },
        Case("a node without signals", ".nodes[1]: must be a node under control of signals, found \"E\"") {
            $0.nodes.append("E")
        },
        Case("a node twice", ".nodes[1]: must be unique, found \"C\" again") { $0.nodes.append("C") },
    ]

    static let programs: [Case] = [
        Case("a group twice in a stage", ".stages[0] \"1\" .groups[1]: must be unique, found \"main\" again") {
            $0.stages[0].groups.append("main")
        },
        Case("a group that no stage can have", ".stages[1] \"2\" .groups[2]: must be a signal group, found \"X\"") {
            $0.stages[1].groups.append("X")
        },
        Case("a stage that is not there", ".programs[0] \"day\" .sequence[2]: must be a stage, found \"3\"") {
            $0.programs[0].sequence.append("3")
        },
        Case(
            "a program for another junction",
            ".programs[0] \"day\" .plan.junction: must be a plan for \"J\", found \"K\""
        ) { $0.programs[0].plan.junction = "K" },
        Case(
            "a green outside the cycle",
            ".programs[0] \"day\" .plan.greens[1] \"side\" .intervals[0].start_s: must be a number of 0 or more and less than 60, found 60"
        ) { $0.programs[0].plan.greens[1].intervals[0].start = 60 },
        Case(
            "a program of a group that is not there",
            ".programs[0] \"day\" .plan.greens[3] \"X\" .group: must be a signal group of the junction, found \"X\""
        ) { $0.programs[0].plan.greens.append(GroupGreens(group: "X", intervals: [])) },
    ]

    static let ringBarrier: [Case] = [
        Case(
            "a phase of a group that is not there",
            ".ringBarrier.phases[0].groups[0]: must be a signal group, found \"X\""
        ) { $0.ringBarrier?.phases[0].groups = ["X"] },
        Case(
            "a seventeenth phase",
            ".ringBarrier.phases[3].number: must be a whole number from 1 to 16, found 17"
        ) {
            $0.ringBarrier?.phases[3].number = 17
            $0.ringBarrier?.rings[1][1] = [17]
        },
        Case(
            "a number for two phases",
            ".ringBarrier.phases[4] \"2\" .number: must be unique, found \"2\", as in junctions[0] \"J\" .ringBarrier.phases[0]"
        ) { $0.ringBarrier?.phases.append(RingBarrierPhase(number: 2, groups: [])) },
        Case(
            "rings with different numbers of barrier groups",
            ".ringBarrier.rings[1]: must be a list of 2, found 3"
        ) { $0.ringBarrier?.rings[1].append([]) },
        Case("a ring through no phase", ".ringBarrier.rings[0][1][1]: must be a number of a phase, found 5") {
            $0.ringBarrier?.rings[0][1].append(5)
        },
        Case(
            "a phase in two rings", ".ringBarrier.rings[1][0][0]: must be unique, found 4 again",
            ".ringBarrier.phases[2].number: must be a phase of a ring, found 6"
        ) { $0.ringBarrier?.rings[1][0] = [4] },
    ]

    @Test("are named by path, identifier and value, these and no others", arguments: rules + programs + ringBarrier)
    func named(_ planted: Case) {
        var network = SmallNetwork.network
        planted.plant(&network.junctions[0])
        let found = network.problems().map(\.description)
        #expect(found.sorted() == planted.messages.map { "junctions[0] \"J\" " + $0 }.sorted())
    }

    @Test("A second junction for a node is named with the first")
    func nodeOfTwoJunctions() {
        var network = SmallNetwork.network
        network.junctions.append(network.junctions[0])
        network.junctions[1].id = "K"
        network.junctions[1].programs = []
        let found = network.problems().map(\.description)
        #expect(
            found == [
                "junctions[1] \"K\" .nodes[0]: must be a node that no other junction runs, found \"C\", as in junctions[0]"
            ])
    }
}
