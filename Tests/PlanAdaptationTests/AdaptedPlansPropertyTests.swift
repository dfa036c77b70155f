import PerformanceModel
import PlanAdaptation
import PlanOptimizer
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Plans that a district is adapted to")
struct AdaptedPlansPropertyTests {
    #if DEBUG
        private static let districts: UInt64 = 6
    #else
        private static let districts: UInt64 = 100
    #endif
    private static let decisions = 12

    private static func settings(_ seed: UInt64) -> AdaptationSettings {
        var settings = AdaptationSettings()
        settings.optimizer.effort = 6
        settings.optimizer.threads = 1
        settings.draws = 1
        // Whatever is not worse is taken, so that much is seen to change.
        settings.leastGain = 0
        settings.certainty = 0
        settings.replanEvery = seed.isMultiple(of: 2) ? 100 : 400
        settings.leastHold = 0
        settings.horizon = 600
        settings.intervals = 2
        return settings
    }

    /// Counts a plan's junctions, and those that differ from before.
    private struct Tally {
        var plans = 0
        var replans = 0
        var moves = 0
        var changed = 0
    }

    /// One district under wild demand: every plan is judged, and so is every second that its controllers show.
    private static func follow(seed: UInt64, tally: inout Tally) throws {
        let network =
            seed % 3 == 0
            ? JunctionGenerator.irregular(rows: 1, columns: 2, seed: seed)
            : seed % 3 == 1 ? JunctionGenerator.junction(seed: seed) : JunctionGenerator.joinedJunction(seed: seed)
        var random = SplitMix64(seed: seed)
        func flows(_ start: Double) -> Flows {
            var flows = FlowsGenerator.flows(
                for: network, seed: random.next(), greatestFlowPerLane: Double.random(in: 50...700, using: &random))
            flows.start = start
            return flows
        }
        var optimizer = OptimizerSettings()
        optimizer.effort = 6
        optimizer.threads = 1
        let model = NetworkModel(network: network, flows: flows(0))
        guard let start = try? PlanOptimizer(model: model, settings: optimizer).optimize().plan else { return }
        var street = try ModelStreet(network: network, flows: flows(0), plan: start, seed: seed)
        var adaptation = try DistrictAdaptation(network: network, settings: settings(seed), start: start)
        street.run(start, seconds: 300)
        for _ in 0..<decisions {
            let time = street.time
            let queues = Dictionary(
                uniqueKeysWithValues: network.links.map { ($0.id, Double.random(in: 0...30, using: &random)) })
            let before = adaptation.running.timings
            let decision = adaptation.decide(
                at: Double(time), flows: flows(Double(time) - 300), queues: queues)
            let found = SafetyGuard.violations(of: decision.plan, in: network)
            #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
            let changed = network.junctions.filter { decision.plan.timings[$0.id] != before[$0.id] }.map(\.id)
            #expect(changed == decision.changes.map(\.junction))
            tally.plans += 1
            tally.replans += decision.action == .replan ? 1 : 0
            tally.moves += decision.action == .moveSplits ? 1 : 0
            tally.changed += changed.count
            street.run(decision.plan, seconds: 300 + Int.random(in: 0..<60, using: &random))
        }
        for junction in street.junctions {
            #expect(junction.monitor.breaches.isEmpty, "seed \(seed): \(junction.monitor.breaches.prefix(3))")
            let troubles = junction.reports.filter {
                [.guardRefused, .leaseRefused, .fallbackBegan, .leaseLapsed].contains($0.event)
            }
            #expect(troubles.isEmpty, "seed \(seed): \(troubles.prefix(3))")
        }
    }

    @Test("Every plan is safe, and so is every second of the change to it", arguments: 0..<4 as Range<UInt64>)
    func safe(batch: UInt64) throws {
        var tally = Tally()
        for number in 0..<Self.districts { try Self.follow(seed: batch * Self.districts + number, tally: &tally) }
        // Else nothing was shown.
        #expect(tally.changed * 3 > tally.plans, "\(tally)")
        #expect(tally.replans > 0 && tally.moves > 0, "\(tally)")
    }
}
