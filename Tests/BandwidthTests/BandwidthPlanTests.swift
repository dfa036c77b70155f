import Bandwidth
import Formats
import Foundation
import PerformanceModel
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Plans by green bands")
struct BandwidthPlanTests {
    #if DEBUG
        private static let generatedNetworks = 10 as UInt64
    #else
        private static let generatedNetworks = 60 as UInt64
    #endif

    /// What is wrong with a plan: violations, bands that its greens do not have, stages that are not served.
    private func faults(_ made: BandwidthPlan, of network: Network, _ settings: BandwidthSettings) throws -> [String] {
        var found = SafetyGuard.violations(of: made.plan, in: network).map(\.description)
        let walk = PlanWalk(network: network, plan: made.plan)
        for coordinated in made.arterials {
            let street = coordinated.arterial
            let name = coordinated.chain.stops.map(\.junction.text).joined(separator: " ")
            let advances = settings.queues == .bandAdvances
            var times = zip(street.outbound, coordinated.timing.outboundSpeeds).map { $0.length / $1 }
            if advances { times = zip(times, street.signals.dropFirst()).map { $0 - $1.outboundQueueClearance } }
            let ahead = try walk.width(of: coordinated.chain.stops.map(\.outbound), times: times)
            if ahead < coordinated.outbound.width - 2 * walk.step {
                found.append("\(name): outbound \(ahead) s of \(coordinated.outbound.width)")
            }
            // Whole seconds move each offset by half a second at most.
            if coordinated.outbound.width < coordinated.solution.outbound.width - 1 - 1e-4 {
                found.append("\(name): \(coordinated.outbound.width) is left of \(coordinated.solution.outbound.width)")
            }
            guard let roads = street.inbound, let speeds = coordinated.timing.inboundSpeeds,
                let inbound = coordinated.inbound
            else { continue }
            times = zip(roads, speeds).map { $0.length / $1 }
            if advances { times = zip(times, street.signals).map { $0 - $1.inboundQueueClearance } }
            let back = try walk.width(
                of: coordinated.chain.stops.reversed().compactMap(\.inbound), times: times.reversed())
            if back < inbound.width - 2 * walk.step { found.append("\(name): inbound \(back) s of \(inbound.width)") }
        }
        for (junction, timing) in zip(network.junctions, made.plan.junctions) {
            for greens in timing.greens where greens.intervals.isEmpty {
                found.append("\(junction.id): group \(greens.group) has no green")
            }
        }
        return found
    }

    @Test(
        "The shared networks get legal plans whose bands are in their greens",
        .enabled(if: SharedData.isExpected, SharedData.absence), arguments: SharedTraffic.names)
    func shared(name: String) throws {
        let (network, flows) = try SharedTraffic.load(name)
        let model = NetworkModel(network: network, flows: flows)
        var variants = [BandwidthSettings()]
        variants.append(.init())
        variants[1].hasCommonCycle = true
        variants[1].queues = .bandWaits
        variants.append(.init())
        variants[2].changesSequence = false
        variants[2].clearsQueues = false
        variants[2].balance = .fixedRatio(1)
        for settings in variants {
            let made = try BandwidthPlan(model: model, settings: settings)
            let found = try faults(made, of: network, settings)
            #expect(found.isEmpty, "\(found.prefix(5))")
            #expect(made.arterials.allSatisfy { $0.solution.isProvenOptimal })
            if settings.hasCommonCycle { #expect(Set(made.plan.junctions.map(\.cycle)).count == 1) }
            if !settings.changesSequence { #expect(made.arterials.allSatisfy { $0.resequencedStops.isEmpty }) }
            if settings.balance == .fixedRatio(1) {
                for coordinated in made.arterials {
                    guard let inbound = coordinated.solution.inbound else { continue }
                    #expect(abs(inbound.width - coordinated.solution.outbound.width) < 1e-4)
                }
            }
        }
    }

    @Test("The networks of the repository get legal plans", arguments: ["district", "hangzhou", "hcm"])
    func repository(name: String) throws {
        let network = try JSONDocument.read(
            Network.self, from: ProjectFolder.network(name).appendingPathComponent("network.json").path)
        let flows = FlowsGenerator.flows(for: network, seed: 1, greatestFlowPerLane: 250)
        let made = try BandwidthPlan(model: NetworkModel(network: network, flows: flows))
        let found = try faults(made, of: network, .init())
        #expect(found.isEmpty, "\(found.prefix(5))")
        #expect(made.arterials.isEmpty == (name == "hcm"))
    }

    @Test("Generated networks get legal plans", arguments: 0..<generatedNetworks)
    func generated(seed: UInt64) throws {
        let network =
            seed.isMultiple(of: 2)
            ? JunctionGenerator.irregular(rows: 2, columns: 3, seed: seed)
            : JunctionGenerator.grid(rows: 1, columns: 4, seed: seed)
        let flows = FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: 250)
        let model = NetworkModel(network: network, flows: flows)
        let made = try BandwidthPlan(model: model)
        let found = try faults(made, of: network, .init())
        #expect(found.isEmpty, "\(found.prefix(5))")
        #expect(try BandwidthPlan(model: model).plan == made.plan)
    }

    @Test(
        "A new sequence of stages widens the bands where it is chosen",
        .enabled(if: SharedData.isExpected, SharedData.absence))
    func sequence() throws {
        let (network, flows) = try SharedTraffic.load("grid4x4")
        let model = NetworkModel(network: network, flows: flows)
        let made = try BandwidthPlan(model: model)
        var settings = BandwidthSettings()
        settings.changesSequence = false
        let present = try BandwidthPlan(model: model, settings: settings)
        #expect(made.arterials.contains { !$0.resequencedStops.isEmpty })
        let sums = [made, present].map { plan in
            plan.arterials.reduce(0) { $0 + $1.solution.outbound.efficiency + ($1.solution.inbound?.efficiency ?? 0) }
        }
        #expect(sums[0] > sums[1], "\(sums)")
        // Every stage of the present program is still there.
        for (number, timing) in made.plan.junctions.enumerated() {
            let stages = try StagePlan(timing, under: model.rules[number]).stages.map(\.groups)
            let other = try StagePlan(present.plan.junctions[number], under: model.rules[number]).stages.map(\.groups)
            #expect(Set(stages) == Set(other))
        }
    }

    @Test("Settings without a meaning are named")
    func badSettings() {
        let network = JunctionGenerator.grid(rows: 1, columns: 2, seed: 1)
        let model = NetworkModel(network: network, flows: FlowsGenerator.flows(for: network, seed: 1))
        func expectFault(_ name: String, _ change: (inout BandwidthSettings) -> Void) {
            var settings = BandwidthSettings()
            change(&settings)
            let error = #expect(throws: BandwidthError.self) { try BandwidthPlan(model: model, settings: settings) }
            guard case .unfit(name, _, _) = error else {
                Issue.record("\(name): \(String(describing: error))")
                return
            }
        }
        expectFault("leastCycle") { $0.leastCycle = 0 }
        expectFault("greatestCycle") { $0.greatestCycle = 20 }
        expectFault("leastStageGreen") { $0.leastStageGreen = 0 }
        expectFault("cycleRange") { $0.cycleRange = 0...1 }
        expectFault("leastSpeedShare") { $0.leastSpeedShare = .nan }
        expectFault("greatestNodes") { $0.greatestNodes = 0 }
        expectFault("greatestSlownessChange") { $0.greatestSlownessChange = -1 }
    }
}
