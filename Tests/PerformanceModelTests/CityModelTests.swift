import PerformanceModel
import SignalModel
import TestSupport
import Testing

@Suite("Networks simulated piece by piece")
struct CityModelTests {
    @Test("A network that is simulated as a whole has the whole's figures")
    func whole() throws {
        let network = JunctionGenerator.irregular(rows: 2, columns: 2, seed: 4)
        let flows = FlowsGenerator.flows(for: network, seed: 4, greatestFlowPerLane: 250)
        let plan = try #require(network.presentPlan)
        let pieces = CityModel(network: network, flows: flows).performance(of: plan)
        let whole = NetworkModel(network: network, flows: flows).performance(of: plan)
        #expect(pieces.delay == whole.delay)
        #expect(pieces.movements.map(\.movement) == whole.movements.map(\.movement))
    }

    @Test("Pieces together have every movement once, and about the delay of the whole")
    func pieces() throws {
        let network = JunctionGenerator.irregular(rows: 3, columns: 3, seed: 6)
        let flows = FlowsGenerator.flows(for: network, seed: 6, greatestFlowPerLane: 50, intervalCount: 12)
        let plan = try #require(network.presentPlan)
        let model = CityModel(network: network, flows: flows, greatestWhole: 3, greatestPiece: 3)
        let pieces = model.performance(of: plan)
        let whole = NetworkModel(network: network, flows: flows).performance(of: plan)
        #expect(pieces.movements.map(\.movement) == whole.movements.map(\.movement))
        #expect(abs(pieces.vehicles - whole.vehicles) < 1e-6 * whole.vehicles)
        #expect(abs(pieces.delay - whole.delay) < 0.1 * whole.delay, "\(pieces.delay) and \(whole.delay)")
        let alone = model.performance(of: plan, threads: 1)
        #expect(alone.delay == pieces.delay)
    }
}
