import PerformanceModel
import SignalModel

/// Numbers the lanes, streams and exits of a junction.
struct LayoutBuilder {
    private(set) var lanes: [JunctionLayout.ApproachLane] = []
    private(set) var streams: [JunctionLayout.Stream] = []
    private(set) var exits: [JunctionLayout.ExitLane] = []

    private var laneNumbers: [LaneID: Int] = [:]
    private var exitNumbers: [LaneID: Int] = [:]
    private let laneOfName: [LaneID: Lane]

    init(junction: Junction, network: Network) {
        let nodes = Set(junction.nodes)
        laneOfName = Dictionary(
            network.links.flatMap(\.lanes).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let groups = JunctionRules(junction).indexOfGroup
        var givesWay: [[MovementID]] = []
        for movement in network.movements where nodes.contains(movement.node) {
            guard let group = movement.signalGroup.flatMap({ groups[$0] }) else { continue }
            var ofLane: [Int: Int] = [:]
            for connection in movement.connections {
                guard let lane = laneOfName[connection.from], let lane = number(of: lane, link: movement.from) else {
                    continue
                }
                let exit = laneOfName[connection.to].map { exitNumber(of: $0) }
                if let stream = ofLane[lane] {
                    if let exit, !streams[stream].exits.contains(exit) { streams[stream].exits.append(exit) }
                    if let signal = connection.signalIndex { streams[stream].signals.append(signal) }
                    continue
                }
                let behaviour = DischargeBehaviour(
                    connection: connection, laneSpeed: lanes[lane].speed, vehicles: network.vehicles)
                ofLane[lane] = streams.count
                lanes[lane].streams.append(streams.count)
                givesWay.append(movement.givesWayTo)
                streams.append(
                    JunctionLayout.Stream(
                        lane: lane, movement: movement.id, target: movement.to, group: group, priority: [],
                        exits: exit.map { [$0] } ?? [],
                        signals: connection.signalIndex.map { [$0] } ?? [], headway: behaviour.headway,
                        waitsInside: movement.waitingInside > 0))
            }
        }
        for number in streams.indices {
            let priority = Set(givesWay[number])
            streams[number].priority = streams.indices.filter {
                priority.contains(streams[$0].movement) && streams[$0].lane != streams[number].lane
            }
        }
    }

    private mutating func number(of lane: Lane, link: LinkID) -> Int? {
        guard lane.use != .pedestrian, lane.length > 0, lane.freeFlowSpeed > 0 else { return nil }
        if let known = laneNumbers[lane.id] { return known }
        laneNumbers[lane.id] = lanes.count
        lanes.append(
            .init(
                id: lane.id, link: link, length: lane.length, speed: lane.freeFlowSpeed, streams: []))
        return lanes.count - 1
    }

    private mutating func exitNumber(of lane: Lane) -> Int {
        if let known = exitNumbers[lane.id] { return known }
        exitNumbers[lane.id] = exits.count
        exits.append(.init(id: lane.id, length: lane.length))
        return exits.count - 1
    }
}
