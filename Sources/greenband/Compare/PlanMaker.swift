import ArgumentParser
import Bandwidth
import Comparison
import Formats
import PerformanceModel
import PlanOptimizer
import SafetyGuard
import SignalModel

/// Makes the plans of contestants that are plans of our own kind.
struct PlanMaker {
    let network: Network
    /// Path of the network, for messages.
    let path: String
    /// The demand that plans are made for; nil where the command line has none.
    let flows: Flows?
    /// SUMO's network, which signal programs are read against.
    let net: String?

    /// The plan of a contestant; nil where it is something that SUMO alone can run.
    func plan(for contestant: Contestant) throws -> Plan? {
        switch contestant.source {
        case .plan(let file): try readPlan(file, for: network)
        case .program(let file): try net.map { try plan(of: file, in: $0) }
        case .baseline(.present): try present()
        case .baseline(.webster): try ReferencePlans(model: model(for: contestant)).webster()
        case .baseline(.equisat): try ReferencePlans(model: model(for: contestant)).equallySaturated()
        case .baseline(.bandwidth): try BandwidthPlan(model: model(for: contestant)).plan
        // What runs in SUMO alone.
        case .baseline: nil
        }
    }

    /// What the comparison says of a contestant.
    func entry(_ contestant: Contestant, plan: Plan?) -> PlanComparison.Entry {
        let description =
            switch contestant.source {
            case .baseline(let baseline): baseline.description
            case .plan(let file): "plan \(file)"
            case .program(let file): "signal programs \(file)"
            }
        return .init(
            label: contestant.label, description: description,
            violations: plan.map { SafetyGuard.violations(of: $0, in: network).count })
    }

    private func model(for contestant: Contestant) throws -> NetworkModel {
        guard let flows else {
            throw ValidationError("\(contestant.label) is made from the demand: give --counts or --flows")
        }
        return NetworkModel(network: network, flows: flows)
    }

    private func present() throws -> Plan {
        if let plan = network.presentPlan { return plan }
        let without = network.junctions.first { $0.presentProgram == nil }
        throw fail(.badData, "\(path): junction \(without?.id.text ?? "") has no present program")
    }

    /// The plan of an additional file: of each junction the program that SUMO runs with it, its own where the file has none.
    private func plan(of file: String, in net: String) throws(FormatError) -> Plan {
        let read = try SUMONetworkReader.read(network: net, additional: [file]).network
        let timings = read.junctions.compactMap { $0.presentProgram?.plan }
        return Plan(network: network.name, name: file, junctions: timings)
    }
}
