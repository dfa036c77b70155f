import FlowEstimation
import Formats
import Foundation
import PerformanceModel
import SignalModel
import TestSupport

@testable import Reports

/// A network of the repository under a plan that is not its present one, with the report on both.
struct Sample: Sendable {
    let model: NetworkModel
    let report: PlanReport

    static func named(_ name: String) throws -> Sample { try (name == "hangzhou" ? hangzhou : district).get() }

    private static let hangzhou = Result { try Sample("hangzhou") }
    private static let district = Result { try Sample("district") }

    /// The first twenty minutes of the counts; greens a quarter shorter than at present, in a cycle that is as much
    /// shorter, so that most figures differ.
    private init(_ name: String) throws {
        let folder = ProjectFolder.network(name)
        let network = try JSONDocument.read(
            Network.self, from: folder.appendingPathComponent("network.json").path)
        var settings = FlowEstimationSettings()
        settings.start = 0
        settings.end = 1200
        var flows = try FlowEstimator.estimate(
            network: network, counts: CountsCSV.read(folder.appendingPathComponent("counts.csv").path),
            settings: settings
        ).flows
        flows.crossings = network.junctions.flatMap { junction in
            junction.signalGroups.filter { $0.kind == .pedestrian }.map { group in
                CrossingFlow(
                    junction: junction.id, group: group.id,
                    flowPerHour: Array(repeating: 120, count: flows.intervalCount))
            }
        }
        model = NetworkModel(network: network, flows: flows)
        guard let present = network.presentPlan else { throw CocoaError(.featureUnsupported) }
        var plan = present
        plan.name = "shorter"
        for junction in plan.junctions.indices { plan.junctions[junction].shorten(to: 0.75) }
        plan.junctions[1].offsetReference = .startOfGreen(plan.junctions[1].greens[1].group)
        report = PlanReport(
            network: network, flows: flows, plan: plan, present: present,
            subareas: [.init(junctionCount: 12, isCoordinated: true, offsets: (80, 12.5, 12.25, 0.02))])
    }

    /// The report as others read it.
    func json() throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report))
        guard let json = object as? [String: Any] else { throw CocoaError(.coderReadCorrupt) }
        return json
    }
}

extension JunctionPlan {
    fileprivate mutating func shorten(to share: Double) {
        cycle *= share
        offset *= share
        for group in greens.indices {
            for interval in greens[group].intervals.indices {
                greens[group].intervals[interval].start *= share
                greens[group].intervals[interval].duration *= share
            }
        }
    }
}
