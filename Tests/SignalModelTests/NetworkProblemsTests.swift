import SignalModel
import TestSupport
import Testing

@Suite("Problems of a network")
struct NetworkProblemsTests {
    typealias Case = PlantedProblem<Network>

    static let roads: [Case] = [
        Case(
            "two nodes of one name", "nodes[2] \"W\" .id: must be unique, found \"W\", as in nodes[0]",
            "links[2] \"CE\" .to: must be a node, found \"E\""
        ) { $0.nodes[2].id = "W" },
        Case("a node nowhere", "nodes[0] \"W\" .position.x: must be a number from -1000000000 to 1000000000, found nan")
        { $0.nodes[0].position.x = .nan },
        Case("vehicles of no length", "vehicles.length_m: must be a number from 0.05 to 100, found 0") {
            $0.vehicles.length = 0
        },
        Case("a link to nowhere", "links[2] \"CE\" .to: must be a node, found \"X\"") { $0.links[2].to = "X" },
        Case("a link of endless length", "links[0] \"WC\" .length_m: must be a number from 0.01 to 1000000, found inf")
        { $0.links[0].length = .infinity },
        Case(
            "a lane that traffic stands on",
            "links[1] \"SC\" .lanes[0] \"SC_0\" .freeFlowSpeed_mps: must be a number from 0.01 to 200, found 0"
        ) { $0.links[1].lanes[0].freeFlowSpeed = 0 },
        Case(
            "a lane of a name that another link's has",
            "links[1] \"SC\" .lanes[1] \"WC_0\" .id: must be unique, found \"WC_0\", as in links[0]"
        ) { $0.links[1].lanes.append($0.links[0].lanes[0]) },
        Case(
            "a lane twice in a link",
            "links[0] \"WC\" .lanes[1] \"WC_0\" .id: must be unique, found \"WC_0\", as in links[0] \"WC\" .lanes[0]"
        ) { $0.links[0].lanes.append($0.links[0].lanes[0]) },
        Case(
            "a shape to infinity",
            "links[0] \"WC\" .shape[1].y: must be a number from -1000000000 to 1000000000, found -inf"
        ) { $0.links[0].shape[1].y = -.infinity },
        Case("a detector on no lane", "detectors[0] \"WC in\" .lane: must be a lane, found \"X_0\"") {
            $0.detectors[0].lane = "X_0"
        },
        Case(
            "a detector past the end of its lane",
            "detectors[1] \"WC stop\" .position_m: must be a number from 0 to 100, found 100.5"
        ) { $0.detectors[1].position = 100.5 },
        Case("a detector without a name", "detectors[1].id: must be a text that is not empty, found \"\"") {
            $0.detectors[1].id = ""
        },
        Case("a detector inside a junction on no way", "detectors[0] \"WC in\" .movement: must be a value, found none")
        {
            $0.detectors[0].purpose = .inside
        },
        Case(
            "a detector inside a junction on the way from another lane",
            "detectors[0] \"WC in\" .movement: must be a movement with a signal group from the detector's lane, found \"SC>CE\""
        ) { network in
            network.detectors[0].purpose = .inside
            network.detectors[0].movement = "SC>CE"
        },
        Case(
            "a detector before a junction on a way over it",
            "detectors[0] \"WC in\" .movement: must be absent, found \"WC>CE\""
        ) { $0.detectors[0].movement = "WC>CE" },
    ]

    static let movements: [Case] = [
        Case("a movement from a link that is not there", "movements[1] \"SC>CE\" .from: must be a link, found \"X\"") {
            $0.movements[1].from = "X"
        },
        Case(
            "a movement against the traffic",
            "movements[0] \"WC>CE\" .to: must be a link from node \"C\", found \"SC\"",
            "movements[0] \"WC>CE\" .connections[0].to: must be a lane of link \"SC\", found \"CE_0\""
        ) { $0.movements[0].to = "SC" },
        Case(
            "a signal group of another junction",
            "movements[0] \"WC>CE\" .signalGroup: must be a signal group of the junction that runs node \"C\", found \"X\""
        ) { $0.movements[0].signalGroup = "X" },
        Case(
            "a lane of another link",
            "movements[0] \"WC>CE\" .connections[0].from: must be a lane of link \"WC\", found \"SC_0\""
        ) { $0.movements[0].connections[0].from = "SC_0" },
        Case("no lane", "movements[0] \"WC>CE\" .connections: must be a list of at least 1, found none") {
            $0.movements[0].connections = []
        },
        Case(
            "a lane connection twice",
            "movements[0] \"WC>CE\" .connections[1]: must be unique, found \"WC_0\" to \"CE_0\" again"
        ) { $0.movements[0].connections.append($0.movements[0].connections[0]) },
        Case(
            "a saturation flow per second",
            "movements[0] \"WC>CE\" .connections[0].saturationFlow_vehPerHour: must be a number from 1 to 10000, found 0.5"
        ) { $0.movements[0].connections[0].saturationFlowPerHour = 0.5 },
        Case(
            "a signal that the controller does not have",
            "movements[1] \"SC>CE\" .connections[0].signalIndex: must be a signal number below the signal count 3, found 3"
        ) { $0.movements[1].connections[0].signalIndex = 3 },
        Case(
            "a signal of two groups",
            "movements[1] \"SC>CE\" .connections[0].signalIndex: must be a signal number of no other group, found 0, as of group \"main\""
        ) { $0.movements[1].connections[0].signalIndex = 0 },
        Case(
            "a signal of vehicles and of people",
            "movements[0] \"WC>CE\" .connections[0].signalIndex: must be a signal number of no other group, found 2, as of group \"walk\""
        ) { $0.movements[0].connections[0].signalIndex = 2 },
        Case(
            "traffic of a group without a signal where the junction has some",
            "movements[0] \"WC>CE\" .connections[0].signalIndex: must be a signal number below the signal count 3, found none"
        ) { $0.movements[0].connections[0].signalIndex = nil },
        Case(
            "a foe of itself",
            "movements[1] \"SC>CE\" .foes[1]: must be another than \"SC>CE\", found the movement itself"
        ) { $0.movements[1].foes.append("SC>CE") },
        Case("a foe twice", "movements[1] \"SC>CE\" .foes[1]: must be unique, found \"WC>CE\" again") {
            $0.movements[1].foes.append("WC>CE")
        },
        Case(
            "way given to what is no foe",
            "movements[1] \"SC>CE\" .givesWayTo[0]: must be a movement out of the foes, found \"WC>CE\"",
            "movements[1] \"SC>CE\" .foes[0]: must be a movement, found \"X\""
        ) { $0.movements[1].foes = ["X"] },
        Case(
            "less than nobody waiting",
            "movements[1] \"SC>CE\" .waitingInside: must be a whole number from 0 to 1000, found -1"
        ) { $0.movements[1].waitingInside = -1 },
    ]

    @Test("are named by path, identifier and value, these and no others", arguments: roads + movements)
    func named(_ planted: Case) {
        let found = planted.planted(in: SmallNetwork.network).problems().map(\.description)
        #expect(found.sorted() == planted.messages.sorted())
    }

    @Test("are none in a sound network")
    func sound() { #expect(SmallNetwork.network.problems() == []) }

    @Test("are none where no junction has a state string")
    func withoutSignals() {
        var network = SmallNetwork.network
        network.junctions[0].signalCount = 0
        network.junctions[0].signalGroups[2].crossing?.signalIndices = []
        for movement in network.movements.indices { network.movements[movement].connections[0].signalIndex = nil }
        #expect(network.problems() == [])
    }

    @Test("are none in generated networks", arguments: 0..<40)
    func generated(seed: UInt64) {
        let networks = [
            JunctionGenerator.junction(seed: seed), JunctionGenerator.joinedJunction(seed: seed),
            JunctionGenerator.irregular(rows: 2, columns: 3, seed: seed),
        ]
        for network in networks { #expect(network.problems() == [], "\(network.name)") }
    }

    @Test("are all told, not the first alone")
    func all() {
        var network = SmallNetwork.network
        for planted in Self.roads.dropFirst() { planted.plant(&network) }
        let found = Set(network.problems().map(\.field.description))
        #expect(found.count > 10)
    }
}
