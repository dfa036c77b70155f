import FlowEstimation
import Formats
import Foundation
import PerformanceModel
import PlanAdaptation
import PlanOptimizer
import SignalModel
import TestSupport
import Testing

@Suite("A district that follows its demand, in the model")
struct ClosedLoopTests {
    /// What came of an hour.
    struct Outcome {
        var delay: Double
        var decisions: [AdaptationDecision]
        var street: ModelStreet
    }

    static func hangzhou() throws -> (network: Network, flows: Flows) {
        let folder = ProjectFolder.network("hangzhou")
        let network = try JSONDocument.read(Network.self, from: folder.appendingPathComponent("network.json").path)
        let counts = try CountsCSV.read(folder.appendingPathComponent("counts.csv").path)
        return (network, try FlowEstimator.estimate(network: network, counts: counts).flows)
    }

    static func traffic(_ name: String) throws -> (network: Network, flows: Flows) {
        name == "Networks/hangzhou" ? try hangzhou() : try SharedTraffic.load(name)
    }

    static func adapted(
        _ network: Network, _ flows: Flows, from start: Plan, every seconds: Int, settings: AdaptationSettings,
        usual: Flows? = nil,
        timed: (Duration) -> Void = { _ in }
    ) throws -> Outcome {
        var street = try ModelStreet(network: network, flows: flows, plan: start, seed: 1)
        var adaptation = try DistrictAdaptation(network: network, settings: settings, start: start, usual: usual)
        var decisions: [AdaptationDecision] = []
        street.run(start, seconds: seconds)
        while street.time < Int(flows.duration) {
            let queues = street.simulated().vehiclesOnLinks(at: Double(street.time))
            let measured = street.measured(last: Double(seconds))
            let begin = ContinuousClock.now
            let decision = adaptation.decide(at: Double(street.time), flows: measured, queues: queues)
            timed(ContinuousClock.now - begin)
            decisions.append(decision)
            street.run(decision.plan, seconds: min(seconds, Int(flows.duration) - street.time))
        }
        let run = street.simulated()
        return Outcome(delay: run.delay / run.model.vehicleCount, decisions: decisions, street: street)
    }

    static func fixed(_ network: Network, _ flows: Flows) throws -> Plan {
        try CityOptimizer(network: network, flows: flows, settings: .init()).optimize().plan
    }

    @Test("Over an hour that doubles and halves districts are better off than under the plans that they began with")
    func better() throws {
        var ratios: [Double] = []
        for seed in 1...8 as ClosedRange<UInt64> {
            for greatest in [250.0, 350] {
                let network = JunctionGenerator.irregular(rows: 1, columns: 3, seed: seed)
                let flows = VaryingDemand.hour(
                    of: FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: greatest))
                let start = try Self.fixed(network, VaryingDemand.even(flows))
                let found = try Self.adapted(
                    network, flows, from: start, every: 300, settings: AdaptationSettings(), usual: flows)
                ratios.append(found.delay / NetworkModel(network: network, flows: flows).performance(of: start).delay)
                for junction in found.street.junctions {
                    #expect(junction.monitor.breaches.isEmpty, "\(junction.monitor.breaches.prefix(3))")
                }
            }
        }
        #expect(ratios.reduce(0, +) / Double(ratios.count) < 1, "\(ratios)")
        #expect(ratios.allSatisfy { $0 < 1.35 }, "\(ratios)")
    }

    /// Networks to give figures of, with commas between them: `Networks/hangzhou` or names of the shared ones.
    private static let wanted = ProcessInfo.processInfo.environment["GREENBAND_FIGURES"]

    @Test("Figures of an hour that doubles and halves", .enabled(if: wanted != nil))
    func figures() throws {
        for name in (Self.wanted ?? "").split(separator: ",").map(String.init) {
            let (network, base) = try Self.traffic(name)
            let flows = VaryingDemand.hour(of: base)
            let model = NetworkModel(network: network, flows: flows)
            let best = try Self.fixed(network, flows)
            let usual = try Self.fixed(network, VaryingDemand.even(flows))
            print("\(name): fixed for the hour \(model.performance(of: best).delay) s")
            print("\(name): fixed for its mean \(model.performance(of: usual).delay) s")
            for (label, start) in [("hour", best), ("mean", usual)] {
                for seconds in [300, 150] {
                    var longest = Duration.zero
                    let found = try Self.adapted(
                        network, flows, from: start, every: seconds, settings: AdaptationSettings(), usual: base
                    ) { longest = max(longest, $0) }
                    let actions = found.decisions.map { String($0.action.rawValue.prefix(1)) }.joined()
                    let breaches = found.street.junctions.flatMap(\.monitor.breaches).count
                    print(
                        "\(name): adapted every \(seconds) s from the plan for the \(label) \(found.delay) s,"
                            + " \(actions), longest decision \(longest), breaches \(breaches)")
                }
            }
        }
    }
}
