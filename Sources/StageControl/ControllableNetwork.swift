import AdaptiveControl
import EdgeControl
import SignalModel

/// A network with detectors for control: what the control of each of its junctions is made of.
public struct ControllableNetwork: Sendable {
    private struct Site: Sendable {
        let junction: Junction
        let layout: JunctionLayout
        let loops: LoopDetectorPlan
        let inside: [DetectorID: SignalGroupID]
        let own: Set<DetectorID>
    }

    private var sites: [JunctionID: Site] = [:]
    /// Junctions that the law cannot control, whatever detectors there are, with the reason.
    public private(set) var refused: [AdaptiveError] = []

    /// Finds the detectors for control of some junctions of a network, or of all.
    public init(_ network: Network, junctions wanted: Set<JunctionID>? = nil) {
        var layouts: [(junction: Junction, layout: JunctionLayout)] = []
        for junction in network.junctions where wanted?.contains(junction.id) ?? true {
            do throws(AdaptiveError) {
                layouts.append((junction, try JunctionLayout(junction.id, in: network)))
            } catch {
                refused.append(error)
            }
        }
        let loops = LoopDetectorPlan(detectorsOf: network, for: layouts.map(\.layout))
        let inside = network.detectorsInside
        var own: [JunctionID: Set<DetectorID>] = [:]
        for (detector, junction) in network.junctionOfDetector { own[junction, default: []].insert(detector) }
        for (number, entry) in layouts.enumerated() {
            sites[entry.junction.id] = Site(
                junction: entry.junction, layout: entry.layout, loops: loops.part(of: number),
                inside: inside[entry.junction.id] ?? [:],
                own: own[entry.junction.id] ?? [])
        }
    }

    /// Whether a junction has detectors for control.
    public func hasDetectors(_ junction: JunctionID) -> Bool {
        sites[junction]?.loops.lanes[0].contains { !$0.own.isEmpty } ?? false
    }

    /// The control of a junction from a time on, s of network time, with the street empty.
    ///
    /// - Parameter greatestRed: Longest red that the controller lets a lease keep a group in, s: each group is served before.
    /// - Throws: ``AdaptiveError`` where the law cannot control it, or it has no detectors for it.
    public func control(
        of junction: JunctionID, greatestRed: Int = EdgeSettings.usualGreatestRed, time: Int
    ) throws(AdaptiveError) -> LoopControl {
        guard let site = sites[junction] else {
            throw refused.first { $0.junction == junction } ?? .unknownJunction(junction)
        }
        return try LoopControl(
            site.junction, layout: site.layout, plan: site.loops, inside: site.inside,
            isOwn: site.own.contains, greatestRed: greatestRed, time: time)
    }
}
