import SafetyGuard
import SignalModel
import TestSupport
import Testing

@testable import AdaptiveControl

@Suite("Turns that are seen on the ways over a junction")
struct SeenTurnsTests {
    /// Share of a lane's streams in those who come with loops alone, after all who left were seen to make one movement.
    private static func shares(of seen: Int, on lane: Int, in network: Network) throws -> [Int: Double] {
        let layout = try JunctionLayout("J", in: network)
        let plan = LoopDetectorPlan([layout], in: network, reach: LoopDetectorPlan.reach)
        var estimator = LoopEstimator(layout, plan: plan, junction: 0, settings: AdaptiveSettings())
        let green = Array(repeating: Aspect.green, count: layout.rules.groupCount)
        var counts: [Int: Int] = [:]
        for second in 0..<1200 {
            let comes = second % 4 == 0
            let readings = plan.loops.map { loop in
                let passed = comes && loop.lane == layout.lanes[lane].id ? 1 : 0
                return LoopReading(passed: passed, isCovered: false, isOccupied: false)
            }
            var crossed: [Int?] = Array(repeating: 0, count: layout.streams.count)
            if comes { crossed[seen] = 1 }
            let picture = estimator.observe(readings, aspects: green, crossed: crossed)
            guard second >= 600 else { continue }
            for vehicle in picture.lanes[lane] { counts[vehicle.stream, default: 0] += 1 }
        }
        let all = counts.values.reduce(0, +)
        return counts.mapValues { Double($0) / Double(all) }
    }

    @Test("Those who come are taken for what those who left were seen to be")
    func loops() throws {
        var lanes = 0
        for seed in 0..<20 {
            let network = JunctionGenerator.junction(seed: UInt64(seed))
            let layout = try JunctionLayout("J", in: network)
            guard let lane = layout.lanes.indices.first(where: { layout.lanes[$0].streams.count > 1 }) else { continue }
            lanes += 1
            for stream in layout.lanes[lane].streams {
                let shares = try Self.shares(of: stream, on: lane, in: network)
                #expect(shares[stream, default: 0] > 0.85, "junction \(seed)")
            }
        }
        #expect(lanes > 5)
    }
}
