import SignalModel

/// Lays out lanes, movements, detectors and controllers on a street plan.
struct NetworkAssembler {
    private let street: StreetPlan
    private let controllers: [(JunctionID, [Int])]

    init(street: StreetPlan, controllers: [(JunctionID, [Int])]) {
        self.street = street
        self.controllers = controllers
    }

    func network(random: inout SplitMix64) -> Network {
        var network = Network(name: street.name, nodes: street.places.map(\.node))
        network.links = links(random: &random)
        let linkLanes = Dictionary(uniqueKeysWithValues: network.links.map { ($0.id, $0.lanes) })
        for (id, places) in controllers {
            var layouts: [NodeLayout] = []
            for place in places {
                layouts.append(layout(of: place, lanes: linkLanes, random: &random))
            }
            let designer = SignalDesigner(id: id, layouts: layouts, lanes: linkLanes)
            var (junction, movements) = designer.design(random: &random)
            let maker = SafePlanMaker(junction)
            let stages = maker.stages(random: &random)
            junction.stages = stages.enumerated().map { number, groups in
                Stage(id: StageID("\(number + 1)"), groups: groups.map { junction.signalGroups[$0].id })
            }
            junction.programs = [
                Program(
                    id: "0", kind: .fixed, plan: maker.plan(stages: stages, random: &random),
                    sequence: junction.stages.map(\.id))
            ]
            network.junctions.append(junction)
            network.movements += movements
        }
        let signalised = Set(network.nodes.filter { $0.control == .signals }.map(\.id))
        network.detectors = network.links.filter { signalised.contains($0.to) }.flatMap(\.lanes).flatMap { lane in
            [
                Detector(
                    id: DetectorID("\(lane.id) entry"), lane: lane.id, position: min(5, lane.length / 2),
                    purpose: .entry),
                Detector(
                    id: DetectorID("\(lane.id) stop"), lane: lane.id, position: max(lane.length - 2, lane.length / 2),
                    purpose: .stopLine),
            ]
        }
        return network
    }

    private func links(random: inout SplitMix64) -> [Link] {
        var links: [Link] = []
        for place in street.places.indices {
            for neighbour in street.places[place].neighbours {
                let from = street.places[place].node
                let to = street.places[neighbour].node
                let id = Self.linkID(from.id, to.id)
                let length = street.distance(place, neighbour)
                let speed = [8.33, 13.89, 16.67].randomElement(using: &random) ?? 13.89
                let lanes = (0..<Int.random(in: 1...4, using: &random)).map {
                    Lane(id: LaneID("\(id)_\($0)"), length: length, freeFlowSpeed: speed)
                }
                links.append(
                    Link(
                        id: id, from: from.id, to: to.id, length: length, lanes: lanes,
                        shape: [from.position, to.position]))
            }
        }
        return links
    }

    private static func linkID(_ from: NodeID, _ to: NodeID) -> LinkID { LinkID("\(from)>\(to)") }

    private func layout(
        of place: Int, lanes linkLanes: [LinkID: [Lane]], random: inout SplitMix64
    ) -> NodeLayout {
        let node = street.places[place].node.id
        let legs = street.legs(of: place)
        var layout = NodeLayout(
            node: node,
            legs: legs.map { neighbour in
                let other = street.places[neighbour].node.id
                return NodeLayout.Leg(
                    inbound: Self.linkID(other, node), outbound: Self.linkID(node, other),
                    angle: street.angle(from: place, to: neighbour))
            })
        for from in legs.indices {
            // From the kerb lane inwards traffic goes to the next leg counter-clockwise, then the one after it.
            let targets = (1..<legs.count).map { (from + $0) % legs.count }
            let arriving = linkLanes[layout.legs[from].inbound] ?? []
            let shares = laneShares(movementCount: targets.count, laneCount: arriving.count, random: &random)
            for (target, share) in zip(targets, shares) {
                let leaving = linkLanes[layout.legs[target].outbound] ?? []
                let turn = layout.turn(from: from, to: target)
                let connections = share.enumerated().map { position, lane in
                    LaneConnection(
                        from: arriving[lane].id, to: leaving[min(position, leaving.count - 1)].id,
                        length: turn == .right ? 8 : 20, speed: turn == .through ? 13.89 : 6)
                }
                layout.paths.append(
                    NodeLayout.Path(
                        from: from, to: target,
                        movement: Movement(
                            id: MovementID("\(layout.legs[from].inbound)|\(layout.legs[target].outbound)"),
                            node: node, from: layout.legs[from].inbound, to: layout.legs[target].outbound, turn: turn,
                            connections: connections, waitingInside: turn == .left ? 1 : 0)))
            }
        }
        return layout
    }

    /// Lanes of each movement, kerb side first: every lane is used, neighbours may share one.
    private func laneShares(movementCount: Int, laneCount: Int, random: inout SplitMix64) -> [[Int]] {
        var shares = (0..<movementCount).map { movement in
            let first = movement * laneCount / movementCount
            let last = ((movement + 1) * laneCount + movementCount - 1) / movementCount - 1
            return Array(first...max(first, last))
        }
        for movement in shares.indices.dropFirst() {
            let previous = movement - 1
            guard shares[previous].last == shares[movement].first, random.chance(0.6) else { continue }
            if shares[movement].count > 1 {
                shares[movement].removeFirst()
            } else if shares[previous].count > 1 {
                shares[previous].removeLast()
            }
        }
        return shares
    }
}
