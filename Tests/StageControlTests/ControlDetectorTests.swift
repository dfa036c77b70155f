import AdaptiveControl
import Formats
import SignalModel
import StageControl
import TestSupport
import Testing

@Suite("Detectors for control", .enabled(if: SharedData.isExpected, "../shared is not there: the test is skipped"))
struct ControlDetectorTests {
    private static let names = ["cologne1", "cologne8", "ingolstadt1", "ingolstadt7", "grid4x4", "hangzhou"]

    @Test("Loops that lie where they are best placed are found to lie so", arguments: names)
    func found(name: String) throws {
        var network = try SUMONetworkReader.read(
            network: SharedData.url("data/sumo/\(name)/\(name).net.xml").path
        ).network
        let layouts = try network.junctions.map { try JunctionLayout($0.id, in: network) }
        let placed = LoopDetectorPlan(layouts, in: network, reach: LoopDetectorPlan.reach)
        // Detectors that count are not for control.
        network.detectors += placed.detectors.reversed()
        let found = LoopDetectorPlan(detectorsOf: network, for: layouts)
        func named(_ plan: LoopDetectorPlan) -> [[[String]]] {
            plan.lanes.map { lanes in
                lanes.map { lane in
                    [lane.own, lane.upstream].map { sights in
                        sights.map { sight in
                            "\(plan.loops[sight.loop].id) \((sight.distance * 10).rounded()) \(sight.share) \(sight.next ?? -1)"
                        }.joined(separator: ", ")
                    }
                }
            }
        }
        let other = zip(named(found).joined(), named(placed).joined()).first { $0 != $1 }
        #expect(other == nil)
        #expect(found.lanes.map(\.count) == placed.lanes.map(\.count))
        #expect(
            found.exits.map { $0.map { $0.map { "\(found.loops[$0.loop].id) \($0.fill)" } } }
                == placed.exits.map { $0.map { $0.map { "\(placed.loops[$0.loop].id) \($0.fill)" } } })
    }

    @Test("A junction without detectors for control cannot be controlled, and says so")
    func none() throws {
        let network = SmallNetwork.network
        #expect(throws: AdaptiveError.noDetectors("J")) {
            try ControllableNetwork(network).control(of: "J", time: 0)
        }
    }
}
