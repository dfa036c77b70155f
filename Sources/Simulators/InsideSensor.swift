import AdaptiveControl
import SafetyGuard
import TraCI

/// Sees who stands inside junctions, as lane areas on the ways over them do: vehicles and their mean speed on each way.
struct InsideSensor: Sendable {
    /// The lanes of one way over a junction.
    private struct Way {
        var junction: Int
        var group: Int
        var lanes: [TraciID<Traci.Lane>]
    }

    private let ways: [Way]
    private let creepSpeed: Double
    /// By junction: groups whose vehicles stand or creep inside.
    private(set) var inside: [GroupSet]

    /// Finds the ways of all streams, and has what is on them reported with every step.
    ///
    /// - Parameter deadShare: Share of the ways that nothing is seen of, which ones is drawn with the seed.
    init(
        _ layouts: [JunctionLayout], creepSpeed: Double, deadShare: Double, seed: UInt64, in sumo: TraciConnection
    ) async throws {
        self.creepSpeed = creepSpeed
        inside = Array(repeating: GroupSet(), count: layouts.count)
        var ways: [Way] = []
        for (number, layout) in layouts.enumerated() {
            let links = try await sumo.get(.links, of: TraciID<Traci.TrafficLight>(layout.junction.text))
            for stream in layout.streams {
                let lane = layout.lanes[stream.lane].id.text
                for signal in stream.signals where links.indices.contains(signal) {
                    for link in links[signal] where link.incoming.text == lane && !link.inside.text.isEmpty {
                        ways.append(
                            Way(junction: number, group: stream.group, lanes: try await sumo.lanesInside(link)))
                    }
                }
            }
        }
        let isDead = DeadDetectors.draw(ways.count, share: deadShare, seed: seed)
        self.ways = zip(ways, isDead).filter { !$1 }.map(\.0)
        try await sumo.subscribe(each: Set(self.ways.flatMap(\.lanes)).sorted(), to: .vehicleCount, .meanSpeed)
    }

    /// Takes in what a step reports.
    mutating func look(at step: TraciStep) throws {
        for number in inside.indices { inside[number] = GroupSet() }
        for way in ways {
            for lane in way.lanes {
                guard let count = try step.value(.vehicleCount, of: lane), count > 0,
                    let speed = try step.value(.meanSpeed, of: lane), speed < creepSpeed
                else { continue }
                inside[way.junction].insert(way.group)
            }
        }
    }
}
