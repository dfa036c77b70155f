import SignalModel
import TestSupport
import Testing

@Suite("Parts of a network")
struct NetworkPartsTests {
    private let network = JunctionGenerator.irregular(rows: 3, columns: 3, seed: 5)
    private var parts: NetworkParts {
        NetworkParts(
            network: network,
            flows: FlowsGenerator.flows(for: network, seed: 5, greatestFlowPerLane: 250, intervalCount: 2))
    }

    @Test("A part is a sound network with sound flows", arguments: [[0], [4], [0, 1], [2, 5, 8], Array(0..<9)])
    func isSound(junctions: [Int]) {
        let (part, flows) = parts.part(of: junctions)
        #expect(part.problems().isEmpty, "\(part.problems().prefix(3))")
        #expect(flows.problems(in: part).isEmpty, "\(flows.problems(in: part).prefix(3))")
        #expect(part.junctions == junctions.map { network.junctions[$0] })
    }

    @Test("The whole is a part of itself")
    func whole() {
        let (part, flows) = parts.part(of: Array(network.junctions.indices))
        #expect(Set(part.links.map(\.id)) == Set(network.links.map(\.id)))
        #expect(part.movements == network.movements)
        #expect(flows.movements == parts.flows.movements)
        #expect(Set(flows.sources.map(\.link)) == Set(parts.flows.sources.map(\.link)))
    }

    @Test(
        "As many vehicles come to the stop lines of a part as leave them", arguments: [[0], [4], [0, 1], [2, 5, 8]])
    func conservation(junctions: [Int]) {
        let (part, flows) = parts.part(of: junctions)
        let inside = Set(part.nodes.filter { $0.control != .boundary }.map(\.id))
        let flow = Dictionary(uniqueKeysWithValues: flows.movements.map { ($0.movement, $0.flowPerHour[1]) })
        for link in part.links where inside.contains(link.to) {
            let leaving = part.movements.filter { $0.from == link.id }.reduce(0) { $0 + (flow[$1.id] ?? 0) }
            let coming =
                part.movements.filter { $0.to == link.id }.reduce(0) { $0 + (flow[$1.id] ?? 0) }
                + flows.sources.filter { $0.link == link.id }.reduce(0) { $0 + $1.flowPerHour[1] }
            #expect(abs(leaving - coming) <= 1e-6 * max(1, coming), "\(link.id): \(coming) come, \(leaving) leave")
        }
    }

    @Test("What begins on a road and what comes over it from elsewhere enter a part together")
    func sourceAtEdge() throws {
        var flows = parts.flows
        let node = network.junctions[0].nodes[0]
        let others = Set(network.junctions[1...].flatMap(\.nodes))
        let road = try #require(network.links.first { $0.to == node && others.contains($0.from) }).id
        let before = parts.part(of: [0]).flows.sources.first { $0.link == road }?.flowPerHour ?? [0, 0]
        flows.sources.append(LinkFlow(link: road, flowPerHour: [30, 60]))
        let (part, carried) = NetworkParts(network: network, flows: flows).part(of: [0])
        #expect(carried.problems(in: part).isEmpty, "\(carried.problems(in: part).prefix(3))")
        let entering = try #require(carried.sources.first { $0.link == road }).flowPerHour
        #expect(before[0] > 0 && entering == [before[0] + 30, before[1] + 60])
    }

    @Test("Neighbours exchange what the movements between them carry")
    func couplings() {
        let parts = parts
        #expect(!parts.couplings.isEmpty)
        let nodeOf = Dictionary(
            uniqueKeysWithValues: network.junctions.enumerated().flatMap { number, junction in
                junction.nodes.map { ($0, number) }
            })
        let flow = Dictionary(uniqueKeysWithValues: parts.flows.movements.map { ($0.movement, $0.flowPerHour) })
        let hours = parts.flows.intervalLength / 3600
        for coupling in parts.couplings {
            let direct = network.links.filter {
                nodeOf[$0.from] == coupling.from && nodeOf[$0.to] == coupling.to
            }.map(\.id)
            let carried = network.movements.filter { direct.contains($0.to) }.reduce(0) {
                $0 + (flow[$1.id] ?? []).reduce(0, +) * hours
            }
            #expect(coupling.vehicles >= carried - 1e-6)
        }
    }
}
