import PerformanceModel
import PlanOptimizer
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Textbook plans")
struct ReferencePlansPropertyTests {
    private static let junctions: UInt64 = 200

    private func network(_ seed: UInt64) -> Network {
        seed % 5 == 0 ? JunctionGenerator.joinedJunction(seed: seed) : JunctionGenerator.junction(seed: seed)
    }

    @Test("Plans for generated junctions have no violations")
    func safe() {
        var infeasible = 0
        for seed in 0..<Self.junctions {
            let network = network(seed)
            let plans = ReferencePlans(
                model: NetworkModel(network: network, flows: FlowsGenerator.flows(for: network, seed: seed)))
            for make in [plans.webster, plans.equallySaturated] {
                guard let plan = try? make() else {
                    infeasible += 1
                    continue
                }
                let found = SafetyGuard.violations(of: plan, in: network)
                #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
            }
        }
        // Rules that leave the present order of stages no timing are rare.
        #expect(infeasible * 10 < 2 * Self.junctions, "\(infeasible) without a plan")
    }

    @Test("More traffic makes Webster's cycle longer, and equal saturation keeps the present one")
    func cycles() throws {
        var longer = 0
        var kept = 0
        var count = 0
        for seed in 1..<40 as Range<UInt64> where seed % 5 != 0 {
            let network = network(seed)
            func plans(_ flow: Double) -> ReferencePlans {
                ReferencePlans(
                    model: NetworkModel(
                        network: network,
                        flows: FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: flow)))
            }
            guard let quiet = try? plans(100).webster(), let busy = try? plans(700).webster(),
                let even = try? plans(300).equallySaturated(),
                let present = network.junctions[0].programs.first?.plan.cycle
            else { continue }
            count += 1
            #expect(busy.junctions[0].cycle >= quiet.junctions[0].cycle, "seed \(seed)")
            if busy.junctions[0].cycle > quiet.junctions[0].cycle { longer += 1 }
            #expect(even.junctions[0].cycle >= present.rounded(), "seed \(seed)")
            if even.junctions[0].cycle == present.rounded() { kept += 1 }
        }
        #expect(count > 20 && longer * 2 > count && kept * 2 > count, "\(longer) longer, \(kept) kept of \(count)")
    }
}
