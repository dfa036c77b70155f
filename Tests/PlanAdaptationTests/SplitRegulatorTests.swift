import LinearAlgebra
import PerformanceModel
import SignalModel
import TestSupport
import Testing

@testable import PlanAdaptation

@Suite("The regulator of splits")
struct SplitRegulatorTests {
    private static func district(seed: UInt64) throws -> (network: Network, flows: Flows, plans: [StagePlan]) {
        let network = JunctionGenerator.irregular(rows: 2, columns: 3, seed: seed)
        let flows = FlowsGenerator.flows(for: network, seed: seed)
        let plans = network.junctions.map { junction in
            let rules = JunctionRules(junction)
            let stages = junction.stages.map { stage in
                StagePlan.TimedStage(groups: stage.groups.compactMap { rules.indexOfGroup[$0] }.sorted(), green: 20)
            }
            return StagePlan(stages: stages)
        }
        return (network, flows, plans)
    }

    private static func model(seed: UInt64) throws -> StoreAndForward {
        let (network, flows, plans) = try district(seed: seed)
        return StoreAndForward(
            network: network, flows: flows, plans: plans, rules: network.junctions.map(JunctionRules.init), interval: 90
        )
    }

    @Test(
        "A second of green takes from approaches what it brings to others and out of the district",
        arguments: 0..<8 as Range<UInt64>)
    func conservation(seed: UInt64) throws {
        let model = try Self.model(seed: seed)
        for column in 0..<model.input.columns {
            let changes = (0..<model.input.rows).map { model.input[$0, column] }
            #expect(changes.reduce(0, +) < 1e-9, "stage \(column) makes vehicles")
            // A stage for people on foot moves none.
            #expect(changes.contains { $0 < 0 } || changes.allSatisfy { $0 == 0 })
        }
        #expect(model.input.elements.count { $0 < 0 } >= model.input.rows)
    }

    @Test("Only the range of B is regulated, and there the loop is stable", arguments: 0..<8 as Range<UInt64>)
    func stable(seed: UInt64) throws {
        let model = try Self.model(seed: seed)
        let regulator = try #require(SplitRegulator(model, controlWeight: 1e-3))
        #expect(regulator.gain.rows == model.input.columns && regulator.gain.columns == model.input.rows)
        var random = SplitMix64(seed: seed)
        var state = Matrix(rows: model.input.rows, columns: 1)
        state.elements = model.storages.map { Double.random(in: 0...1, using: &random) * $0 }
        func cost(_ state: Matrix) -> Double {
            zip(state.elements, model.storages).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
        }
        let first = cost(state)
        for _ in 0..<400 {
            let change = product(model.input, product(regulator.gain, state))
            for place in state.elements.indices { state.elements[place] -= change.elements[place] }
        }
        // What is left is orthogonal, in the weights of Q, to everything that greens can move.
        let weighed = zip(state.elements, model.storages).map { $0 / $1 }
        for column in 0..<model.input.columns {
            let slope = (0..<model.input.rows).reduce(0) { $0 + model.input[$1, column] * weighed[$1] }
            #expect(abs(slope) < 1e-6 * (1 + first), "stage \(column): \(slope)")
        }
        #expect(cost(state) < first)
    }

    @Test("Of two approaches the fuller one gets more green, and the emptier one less")
    func twoApproaches() throws {
        let network = SmallNetwork.network
        let rules = network.junctions.map(JunctionRules.init)
        let plan = StagePlan(stages: [.init(groups: [0], green: 25), .init(groups: [1, 2], green: 25)])
        let model = StoreAndForward(
            network: network, flows: SmallNetwork.flows, plans: [plan], rules: rules, interval: 60)
        #expect(model.approaches.map { network.links[$0].id } == ["WC", "SC"])
        #expect(model.input[0, 0] < 0 && model.input[1, 1] < 0 && model.input[0, 1] == 0 && model.input[1, 0] == 0)
        let regulator = try #require(SplitRegulator(model, controlWeight: 1e-3))
        let wanted = regulator.wanted(from: [plan], vehicles: [0: 12, 1: 2])[0]
        #expect(wanted[0] > wanted[1] && wanted[1] > 25)
        let none = regulator.wanted(from: [plan], vehicles: [:])[0]
        #expect(none == [25, 25])
    }

    @Test("Greens that reach no link leave nothing to regulate")
    func nothing() {
        let model = StoreAndForward(
            network: Network(name: "none"), flows: SmallNetwork.flows, plans: [], rules: [], interval: 60)
        #expect(SplitRegulator(model, controlWeight: 1) == nil)
    }
}
