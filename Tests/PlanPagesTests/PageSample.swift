import Bandwidth
import FlowEstimation
import Formats
import Foundation
import PerformanceModel
import PlanPages
import Reports
import SignalModel
import TestSupport

/// A network under a plan that is not its present one, with the report on both.
struct PageSample: Sendable {
    let network: Network
    let flows: Flows
    let plan: Plan
    let report: FullReport

    /// The made-up district, with a junction of rings and barriers, under a plan of green bands.
    static func district() throws -> PageSample { try madeDistrict.get() }
    /// The grid of Hangzhou under its present programs with other offsets.
    static func hangzhou() throws -> PageSample { try madeHangzhou.get() }
    /// A junction whose names are made to break pages.
    static func hostile() throws -> PageSample { try madeHostile.get() }

    private static let madeDistrict = Result {
        try PageSample("district") { try BandwidthPlan(model: NetworkModel(network: $0, flows: $1)).plan }
    }

    private static let madeHangzhou = Result {
        try PageSample("hangzhou") { network, _ in
            guard var plan = network.presentPlan else { throw CocoaError(.featureUnsupported) }
            plan.name = "moved"
            for number in plan.junctions.indices {
                let cycle = plan.junctions[number].cycle
                plan.junctions[number].offset =
                    (plan.junctions[number].offset + Double(17 * number)).truncatingRemainder(dividingBy: cycle)
            }
            return plan
        }
    }

    private static let madeHostile = Result {
        let network = JunctionGenerator.junction(seed: 7)
        let flows = FlowsGenerator.flows(for: network, seed: 7, greatestFlowPerLane: 200)
        let names = Set(
            [network.name] + network.junctions.map(\.id.text) + network.links.map(\.id.text)
                + network.junctions.flatMap { $0.signalGroups.map(\.id.text) } + network.movements.map(\.id.text)
                + network.links.flatMap { $0.lanes.map(\.id.text) })
        let broken: Network = try renamed(network, names)
        guard var plan = broken.presentPlan else { throw CocoaError(.featureUnsupported) }
        plan.name = hostileName
        plan.notices = [
            PlanNotice(
                kind: .stageDropped, junction: broken.junctions[0].id, groups: [broken.junctions[0].signalGroups[0].id])
        ]
        let leftOut = DetectorHealthReport.LeftOut(
            detector: DetectorID(hostileName), fault: .dead, counted: 0, expected: 40.5)
        return PageSample(
            network: broken, flows: try renamed(flows, names), plan: plan,
            detectors: DetectorHealthReport(
                detectorCount: 3, leftOut: [leftOut],
                unseen: [
                    .init(lane: LaneID(hostileName), start: 120, vehicles: 81.4),
                    .init(lane: "full", start: 0, vehicles: nil),
                ]))
    }

    /// What stands in every name of the hostile junction.
    static let hostileName =
        "<img src=x onerror=alert(1)>\"' &amp;]]></title></svg><b>{{w.now}}{{{w.now}}}\u{1}\u{202e}名"

    private static func renamed<Value: Codable>(_ value: Value, _ names: Set<String>) throws -> Value {
        func renamed(_ object: Any) -> Any {
            switch object {
            case let text as String: names.contains(text) ? text + hostileName : text
            case let list as [Any]: list.map(renamed)
            case let fields as [String: Any]: fields.mapValues(renamed)
            default: object
            }
        }
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(value))
        return try JSONDecoder().decode(Value.self, from: JSONSerialization.data(withJSONObject: renamed(object)))
    }

    /// The first ten minutes of the counts of a network of the repository.
    private init(_ name: String, plan: (Network, Flows) throws -> Plan) throws {
        let folder = ProjectFolder.network(name)
        let network = try JSONDocument.read(
            Network.self, from: folder.appendingPathComponent("network.json").path)
        var settings = FlowEstimationSettings()
        settings.start = 0
        settings.end = 600
        let estimate = try FlowEstimator.estimate(
            network: network, counts: CountsCSV.read(folder.appendingPathComponent("counts.csv").path),
            settings: settings)
        self.init(
            network: network, flows: estimate.flows, plan: try plan(network, estimate.flows),
            detectors: DetectorHealthReport(detectorCount: network.detectors.count, leftOut: [], unseen: []))
    }

    private init(network: Network, flows: Flows, plan: Plan, detectors: DetectorHealthReport) {
        self.network = network
        self.flows = flows
        self.plan = plan
        report = FullReport(
            network: network, flows: flows, plan: plan, present: network.presentPlan,
            subareas: [.init(junctionCount: 12, isCoordinated: true, offsets: (80, 12.5, 12.25, 0.02))],
            detectors: detectors)
    }

    /// The page in a language.
    func html(_ language: PageLanguage = .english) throws -> String {
        try PlanPage(report, network: network, language: language).html()
    }
}
