import PerformanceModel
import SignalModel
import TestSupport
import Testing

@testable import PlanAdaptation

@Suite("Demand of the time ahead")
struct ComingDemandTests {
    private static func district(seed: UInt64) -> (network: Network, flows: Flows) {
        let network = JunctionGenerator.irregular(rows: 2, columns: 3, seed: seed)
        return (network, FlowsGenerator.flows(for: network, seed: seed, intervalCount: 3))
    }

    @Test("Flows that agree stay as they are", arguments: 0..<6 as Range<UInt64>)
    func consistent(seed: UInt64) {
        let (network, flows) = Self.district(seed: seed)
        let found = ComingDemand(network: network).balanced(flows, queues: [:])
        for (one, other) in zip(flows.movements, found.movements) {
            for (before, after) in zip(one.flowPerHour, other.flowPerHour) {
                #expect(abs(before - after) < 1e-3 * (1 + before))
            }
        }
    }

    @Test(
        "Vehicles on the roads come again, and leave the district as the others do", arguments: 0..<6 as Range<UInt64>)
    func queues(seed: UInt64) {
        let (network, flows) = Self.district(seed: seed)
        let waiting = [network.movements[0].from: 12.0, network.movements[5].from: 7]
        let found = ComingDemand(network: network).balanced(flows, queues: waiting)
        #expect(found.problems(in: network).isEmpty)
        let more =
            found.sources.reduce(0) { $0 + $1.flowPerHour[0] } - flows.sources.reduce(0) { $0 + $1.flowPerHour[0] }
        #expect(abs(more * flows.intervalLength / 3600 - 19) < 1e-9)
        let ends = Set(network.links.filter { link in !network.movements.contains { $0.from == link.id } }.map(\.id))
        func leaving(_ flows: Flows) -> Double {
            zip(network.movements, flows.movements).filter { ends.contains($0.0.to) }.reduce(0) {
                $0 + $1.1.flowPerHour[0]
            }
        }
        #expect(abs(leaving(found) - leaving(flows) - more) < 0.02 * more)
    }

    @Test("Measured flows that do not agree lose no vehicles in the model", arguments: 0..<4 as Range<UInt64>)
    func noise(seed: UInt64) {
        var (network, flows) = Self.district(seed: seed)
        var random = SplitMix64(seed: seed)
        for position in flows.movements.indices {
            flows.movements[position].flowPerHour = flows.movements[position].flowPerHour.map {
                $0 * Double.random(in: 0.8...1.2, using: &random)
            }
        }
        network.detectors = []
        let found = ComingDemand(network: network).balanced(flows, queues: [:])
        let sent = flows.sources.reduce(0) { $0 + $1.flowPerHour[1] }
        let ends = Set(network.links.filter { link in !network.movements.contains { $0.from == link.id } }.map(\.id))
        let left = zip(network.movements, found.movements).filter { ends.contains($0.0.to) }.reduce(0) {
            $0 + $1.1.flowPerHour[1]
        }
        // What is measured to stay on a link does so.
        #expect(left <= sent + 1e-6 && left > 0.7 * sent)
    }
}
