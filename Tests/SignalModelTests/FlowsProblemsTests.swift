import SignalModel
import TestSupport
import Testing

@Suite("Problems of flows")
struct FlowsProblemsTests {
    typealias Case = PlantedProblem<Flows>

    static let numbers: [Case] = [
        Case("a start at no time", "start_s: must be a number from -1000000000 to 1000000000, found nan") {
            $0.start = .nan
        },
        Case("intervals of no length", "intervalLength_s: must be a number from 0.1 to 86400, found 0") {
            $0.intervalLength = 0
        },
        Case(
            "a flow too few", "movements[0] \"WC>CE\" .flow_vehPerHour: must be a list of 2, found 1"
        ) { $0.movements[0].flowPerHour = [300] },
        Case(
            "a standard error too many",
            "movements[1] \"SC>CE\" .standardError_vehPerHour: must be a list of 2, found 3"
        ) { $0.movements[1].standardErrorPerHour.append(1) },
        Case(
            "a source that swallows",
            "sources[1] \"SC\" .flow_vehPerHour[0]: must be a number from 0 to 1000000000, found -0.5"
        ) { $0.sources[1].flowPerHour[0] = -0.5 },
        Case(
            "endless crowds", "crossings[0].flow_personsPerHour[1]: must be a number from 0 to 1000000000, found inf"
        ) { $0.crossings[0].flowPerHour[1] = .infinity },
        Case(
            "shares that do not sum to 1",
            "movements[0] \"WC>CE\" .laneShares: must be shares whose sum is 1, found 0.9"
        ) { $0.movements[0].laneShares = [0.9] },
        Case(
            "a share below 0 in a sum of 1",
            "movements[0] \"WC>CE\" .laneShares: must be a list of 1, found 2",
            "movements[0] \"WC>CE\" .laneShares[0]: must be a number from 0 to 1, found -0.5",
            "movements[0] \"WC>CE\" .laneShares[1]: must be a number from 0 to 1, found 1.5"
        ) { $0.movements[0].laneShares = [-0.5, 1.5] },
    ]

    static let names: [Case] = [
        Case(
            "a source twice", "sources[1] \"WC\" .link: must be unique, found \"WC\", as in sources[0]"
        ) { $0.sources[1].link = "WC" },
        Case("a source on no link", "sources[0] \"X\" .link: must be a link of the network, found \"X\"") {
            $0.sources[0].link = "X"
        },
        Case(
            "a movement twice",
            "movements[2] \"WC>CE\" .movement: must be unique, found \"WC>CE\", as in movements[0]"
        ) { $0.movements.append($0.movements[0]) },
        Case(
            "a movement that is not there",
            "movements[1] \"X\" .movement: must be a movement of the network, found \"X\""
        ) { $0.movements[1].movement = "X" },
        Case("a crossing twice", "crossings[1].group: must be unique, found \"walk\" again") {
            $0.crossings.append($0.crossings[0])
        },
        Case(
            "a crossing at no junction", "crossings[0].junction: must be a junction of the network, found \"X\""
        ) { $0.crossings[0].junction = "X" },
        Case(
            "a crossing of no group", "crossings[0].group: must be a signal group of the junction, found \"X\""
        ) { $0.crossings[0].group = "X" },
    ]

    @Test("are named by path, identifier and value, these and no others", arguments: numbers + names)
    func named(_ planted: Case) {
        let found = planted.planted(in: SmallNetwork.flows).problems(in: SmallNetwork.network).map(\.description)
        #expect(found == planted.messages)
    }

    @Test("A number of intervals that the lists do not have is named at every list")
    func intervalCount() {
        var flows = SmallNetwork.flows
        flows.intervalCount = 3
        let fields = flows.problems().map(\.field.description)
        let expected = [
            "sources[0] \"WC\" .flow_vehPerHour", "sources[1] \"SC\" .flow_vehPerHour",
            "movements[0] \"WC>CE\" .flow_vehPerHour", "movements[0] \"WC>CE\" .standardError_vehPerHour",
            "movements[1] \"SC>CE\" .flow_vehPerHour", "movements[1] \"SC>CE\" .standardError_vehPerHour",
            "crossings[0].flow_personsPerHour",
        ]
        #expect(fields == expected)
    }

    @Test("are none in generated demand", arguments: 0..<20)
    func generated(seed: UInt64) {
        let network = JunctionGenerator.grid(rows: 2, columns: 2, seed: seed)
        let flows = FlowsGenerator.flows(for: network, seed: seed, intervalCount: 4)
        #expect(SmallNetwork.flows.problems(in: SmallNetwork.network) == [])
        #expect(flows.problems(in: network) == [])
    }
}
