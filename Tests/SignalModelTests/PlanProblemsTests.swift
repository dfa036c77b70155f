import SignalModel
import TestSupport
import Testing

@Suite("Problems of a plan")
struct PlanProblemsTests {
    typealias Case = PlantedProblem<Plan>

    static let times: [Case] = [
        Case(
            "a cycle of no length",
            "junctions[0] \"J\" .cycle_s: must be a number from 1 to 86400, found 0"
        ) { $0.junctions[0].cycle = 0 },
        Case(
            "an offset of a whole cycle",
            "junctions[0] \"J\" .offset_s: must be a number of 0 or more and less than 60, found 60"
        ) { $0.junctions[0].offset = 60 },
        Case(
            "an offset that is no number",
            "junctions[0] \"J\" .offset_s: must be a number of 0 or more and less than 60, found nan"
        ) { $0.junctions[0].offset = .nan },
        Case(
            "a green before the cycle",
            "junctions[0] \"J\" .greens[0] \"main\" .intervals[0].start_s: must be a number of 0 or more and less than 60, found -1"
        ) { $0.junctions[0].greens[0].intervals[0].start = -1 },
        Case(
            "a green longer than the cycle",
            "junctions[0] \"J\" .greens[0] \"main\" .intervals[0].duration_s: must be a number from 0.001 to 60, found 61"
        ) { $0.junctions[0].greens[0].intervals[0].duration = 61 },
        Case(
            "an offset by a group that is not there",
            "junctions[0] \"J\" .offsetReference.group: must be a signal group of the greens, found \"X\""
        ) { $0.junctions[0].offsetReference = .endOfGreen("X") },
    ]

    static let names: [Case] = [
        Case(
            "a group twice",
            "junctions[0] \"J\" .greens[3] \"side\" .group: must be unique, found \"side\", as in junctions[0] \"J\" .greens[1]"
        ) { $0.junctions[0].greens.append($0.junctions[0].greens[1]) },
        Case("a junction twice", "junctions[1] \"J\" .junction: must be unique, found \"J\", as in junctions[0]") {
            $0.junctions.append($0.junctions[0])
        },
        Case(
            "a notice for a junction that is not in the plan",
            "notices[0].junction: must be a junction of the plan, found \"K\""
        ) { $0.notices[0].junction = "K" },
        Case(
            "a notice about a group that is not there",
            "notices[0].groups[1]: must be a signal group of the junction, found \"X\""
        ) { $0.notices[0].groups.append("X") },
    ]

    @Test("are named by path, identifier and value, these and no others", arguments: times + names)
    func named(_ planted: Case) {
        let found = planted.planted(in: SmallNetwork.plan).problems(in: SmallNetwork.network).map(\.description)
        #expect(found == planted.messages)
    }

    @Test("include what the network does not have, when it is at hand")
    func network() {
        var plan = SmallNetwork.plan
        plan.junctions[0].greens[2].group = "X"
        #expect(plan.problems() == [])
        #expect(
            plan.problems(in: SmallNetwork.network).map(\.description) == [
                "junctions[0] \"J\" .greens[2] \"X\" .group: must be a signal group of the junction, found \"X\""
            ])
        plan.junctions[0].junction = "K"
        plan.notices = []
        #expect(
            plan.problems(in: SmallNetwork.network).map(\.description) == [
                "junctions[0] \"K\" .junction: must be a junction of the network, found \"K\""
            ])
    }

    @Test("are none in the programs of generated networks", arguments: 0..<40)
    func generated(seed: UInt64) {
        let network = JunctionGenerator.irregular(rows: 2, columns: 3, seed: seed)
        let plan = Plan(network: "n", name: "own", junctions: network.junctions.flatMap { $0.programs.map(\.plan) })
        #expect(plan.problems(in: network) == [])
    }
}
