import SignalModel

extension NetworkModel {
    /// Lays out a network and its demand.
    ///
    /// - Precondition: The network and the flows have no problems (`problems()` is empty).
    public init(network: Network, flows: Flows, settings: ModelSettings = .init()) {
        var builder = NetworkModelBuilder(network: network, flows: flows, settings: settings)
        builder.build()
        self.network = network
        self.flows = flows
        self.settings = settings
        rules = builder.rules
        stepCount = builder.stepCount
        stepLength = builder.stepLength
        stepsPerInterval = builder.stepsPerInterval
        intervalCount = flows.intervalCount
        roads = builder.roads
        lanes = builder.lanes
        streams = builder.streams
        groups = builder.groups
        firstGroup = builder.firstGroup
        streamShares = builder.streamShares
        unfollowedFoes = builder.unfollowedFlows()
        external = builder.external
        roadsOfJunction = builder.roadsOfJunction()
        downstream = builder.downstreamJunctions()
        let positions = builder.index.movements
        demandOfMovement = Dictionary(
            flows.movements.compactMap { flow in positions[flow.movement].map { ($0, flow) } },
            uniquingKeysWith: { first, _ in first })
        // Counts of less than two minutes show a part of the randomness themselves.
        func spread(of randomness: Double) -> Double { 8 * randomness * min(1, flows.intervalLength / 120) }
        layout = KernelLayout(
            roads: roads, lanes: lanes, streams: streams, groups: groups, stepLength: stepLength,
            followUp: (settings.followUp, settings.followUpAtPriority), gapSpan: settings.gapSpan,
            randomSpread: (spread(of: settings.randomness), spread(of: settings.gapRandomness))
        ) { builder.weight(ofMovement: builder.streams[$1].movement, before: $0) }
        vehicleCount = flows.sources.reduce(0) { total, source in
            total + source.flowPerHour.reduce(0, +) / 3600 * flows.intervalLength
        }
    }
}

/// Turns a network and its flows into the arrays of a ``NetworkModel``.
struct NetworkModelBuilder {
    let network: Network
    let flows: Flows
    let settings: ModelSettings
    let index: NetworkIndex
    let rules: [JunctionRules]
    let stepCount: Int
    let stepsPerInterval: Int
    let stepLength: Double
    var roads: [NetworkModel.Road] = []
    var lanes: [NetworkModel.LaneQueue] = []
    var streams: [NetworkModel.Stream] = []
    var groups: [NetworkModel.Group] = []
    var firstGroup: [Int] = []
    var streamShares: [Double] = []
    var external: [Double] = []
    /// Roads of each link, one for each set of its lanes that vehicles come to apart; none where the link is not followed.
    var roadsOfLink: [[Int]]
    /// Road of each lane that vehicles leave.
    var roadOfLane: [LaneID: Int] = [:]
    /// Demand of each movement in each interval, veh/h.
    var movementFlow: [[Double]]
    private var laneShares: [[Double]]
    /// Demand of each stream in each interval, veh/h.
    var streamFlow: [[Double]] = []
    /// Streams of each movement.
    var streamsOfMovement: [[Int]] = []
    /// Mean share of the vehicles on a link that leave it by a movement.
    private var meanShare: [Double]

    init(network: Network, flows: Flows, settings: ModelSettings) {
        self.network = network
        self.flows = flows
        self.settings = settings
        index = NetworkIndex(network)
        rules = network.junctions.map(JunctionRules.init)
        stepsPerInterval = max(1, Int((flows.intervalLength / settings.stepLength).rounded()))
        stepLength = flows.intervalLength / Double(stepsPerInterval)
        stepCount = stepsPerInterval * flows.intervalCount
        roadsOfLink = Array(repeating: [], count: network.links.count)
        movementFlow = network.movements.map { _ in Array(repeating: 0, count: flows.intervalCount) }
        laneShares = network.movements.map { movement in
            Array(repeating: 1 / Double(max(1, movement.connections.count)), count: movement.connections.count)
        }
        for flow in flows.movements {
            guard let movement = index.movements[flow.movement] else { continue }
            movementFlow[movement] = flow.flowPerHour
            laneShares[movement] = flow.laneShares
        }
        meanShare = Array(repeating: 0, count: network.movements.count)
    }

    mutating func build() {
        computeMeanShares()
        layOutRoads(on: followedLinks())
        distributeFlows()
        connectStreams()
        computeStreamShares()
        computeExternal()
    }

    /// Whole steps nearest to a time, s.
    private func steps(_ seconds: Double) -> Int { Int((seconds / stepLength).rounded()) }

    private mutating func computeMeanShares() {
        var entering = Array(repeating: 0.0, count: network.links.count)
        var leaving = entering
        for source in flows.sources {
            if let link = index.links[source.link] { entering[link] += source.flowPerHour.reduce(0, +) }
        }
        for (number, movement) in network.movements.enumerated() {
            let total = movementFlow[number].reduce(0, +)
            if let to = index.links[movement.to] { entering[to] += total }
            if let from = index.links[movement.from] { leaving[from] += total }
        }
        for (number, movement) in network.movements.enumerated() {
            guard let from = index.links[movement.from] else { continue }
            let base = max(entering[from], leaving[from])
            meanShare[number] = base > 0 ? movementFlow[number].reduce(0, +) / base : 0
        }
    }

    /// Every approach to a signal is a road; so is every link upstream while the way to the stop line is short.
    private func followedLinks() -> Set<Int> {
        var needed: [(link: Int, length: Double)] = []
        for (number, link) in network.links.enumerated() where index.junctionOfNode[link.to] != nil {
            if !index.movementsFrom[number].isEmpty { needed.append((number, link.length)) }
        }
        var next = 0
        var followed = Set(needed.map(\.link))
        while next < needed.count {
            let (link, length) = needed[next]
            next += 1
            guard length < settings.followedLength else { continue }
            for movement in index.movementsTo[link] {
                guard let upstream = index.links[network.movements[movement].from],
                    index.junctionOfNode[network.links[upstream].to] == nil, followed.insert(upstream).inserted
                else { continue }
                needed.append((upstream, length + network.links[upstream].length))
            }
        }
        return followed
    }

    private mutating func layOutRoads(on followed: Set<Int>) {
        for (junction, value) in network.junctions.enumerated() {
            firstGroup.append(groups.count)
            for number in value.signalGroups.indices { groups.append(.init(junction: junction, number: number)) }
        }
        for number in followed.sorted() {
            let used = network.links[number].lanes.filter { !usedConnections(from: $0.id).isEmpty }
            let parts = lanesFedApart(used, of: number)
            for lanes in parts {
                appendRoad(lanes, of: number, overflowWeight: parts.count > 1 ? 0 : settings.overflowWeight)
            }
        }
    }

    /// Adds a road with some lanes of a link.
    private mutating func appendRoad(_ members: [Lane], of number: Int, overflowWeight: Double) {
        let link = network.links[number]
        let firstLane = lanes.count
        for lane in members {
            let connections = usedConnections(from: lane.id)
            let firstStream = streams.count
            for (position, connection) in connections.enumerated()
            where !connections[..<position].contains(where: { $0.movement == connection.movement }) {
                appendStream(connections.filter { $0.movement == connection.movement }, lane: lane)
            }
            roadOfLane[lane.id] = roads.count
            lanes.append(
                .init(
                    road: roads.count, lane: lane.id, streams: firstStream..<streams.count,
                    storage: storage(of: lane, on: number, streams: firstStream..<streams.count),
                    dissolvingSteps: steps(lane.length / settings.dissolvingSpeed)))
        }
        let speed = min(link.freeFlowSpeed, network.vehicles.greatestSpeed ?? link.freeFlowSpeed)
        let travelTime = link.length / max(1, speed)
        let dispersion = PlatoonDispersion(
            travelTime: travelTime, meanWait: settings.dispersion * travelTime, step: stepLength)
        roadsOfLink[number].append(roads.count)
        roads.append(
            .init(
                link: number, junction: index.junctionOfNode[link.to], lanes: firstLane..<lanes.count,
                travelTime: travelTime, lag: dispersion.lagSteps.whole, lateShare: dispersion.lagSteps.lateShare,
                smoothing: dispersion.smoothing,
                passingShare: members.count > 1 && isSorted(beforeLink: number, lanes: Set(members.map(\.id)))
                    ? settings.passingShare : 0,
                overflowWeight: overflowWeight))
    }

    /// Vehicles that a lane holds, with those who wait for it inside the node before.
    ///
    /// Room is known a step late, so that what leaves in a step has its place beside those who stand.
    private func storage(of lane: Lane, on link: Int, streams members: Range<Int>) -> Double {
        let standing = (lane.length + innerLength(before: lane.id, of: link)) / network.vehicles.spacing
        let leaving = streams[members].map { stepLength / $0.headway }.max() ?? 0
        return max(1, standing * settings.usableStorage) + leaving
    }

    /// Whether most of those who come to a link come from lanes of which each leads to one lane of it, and all its lanes are
    /// reached so.
    private func isSorted(beforeLink link: Int, lanes used: Set<LaneID>) -> Bool {
        var sorted = 0.0
        var all = flows.sources.filter { index.links[$0.link] == link }.reduce(0) { $0 + $1.flowPerHour.reduce(0, +) }
        for movement in index.movementsTo[link] {
            let flow = movementFlow[movement].reduce(0, +)
            let connections = network.movements[movement].connections
            all += flow
            let isOneToOne = Set(connections.map(\.from)).count == connections.count
            if isOneToOne, used.isSubset(of: connections.map(\.to)) { sorted += flow }
        }
        return sorted > all / 2
    }

    /// Connections out of a lane without those that hardly anybody takes; all of them where nobody takes any.
    func usedConnections(from lane: LaneID) -> [NetworkIndex.ConnectionReference] {
        let all = index.connectionsFrom[lane] ?? []
        let used = all.filter { isUsed($0.connection, of: $0.movement) }
        return used.isEmpty ? all : used
    }

    /// Whether vehicles worth counting take a connection.
    func isUsed(_ connection: Int, of movement: Int) -> Bool {
        let vehicles = movementFlow[movement].reduce(0, +) / 3600 * flows.intervalLength
        return vehicles * laneShares[movement][connection] >= settings.leastVehicles
    }

    /// Adds the stream of a movement out of a lane; its connections go to different lanes of the same link.
    private mutating func appendStream(_ references: [NetworkIndex.ConnectionReference], lane: Lane) {
        let movement = network.movements[references[0].movement]
        let discharges = references.map { reference in
            DischargeBehaviour(
                connection: movement.connections[reference.connection], laneSpeed: lane.freeFlowSpeed,
                vehicles: network.vehicles)
        }
        let count = Double(discharges.count)
        var group: Int?
        var turnOnRed = false
        if let name = movement.signalGroup, let junction = index.junctionOfNode[movement.node],
            let number = network.junctions[junction].signalGroups.firstIndex(where: { $0.id == name })
        {
            group = firstGroup[junction] + number
            turnOnRed = network.junctions[junction].signalGroups[number].turnOnRed
        }
        streams.append(
            .init(
                lane: lanes.count, movement: references[0].movement, connections: references.map(\.connection),
                group: group, headway: discharges.reduce(0) { $0 + $1.headway } / count,
                startLag: discharges.reduce(0) { $0 + $1.startLag } / count,
                endGain: discharges.reduce(0) { $0 + $1.endGain } / count,
                waitingInside: Double(movement.waitingInside), turnOnRed: turnOnRed, priority: [], unfollowedFoes: [],
                crossing: [],
                criticalGap: settings.criticalGap ?? criticalGap(of: movement), targets: []))
    }

    /// The gap that a movement waits for before those that it gives way to, or, on red, before all whose path it crosses.
    private func criticalGap(of movement: Movement) -> Double {
        let names = movement.givesWayTo.isEmpty ? movement.foes : movement.givesWayTo
        let foes = names.compactMap { index.movements[$0] }.map { network.movements[$0] }.filter {
            !$0.connections.isEmpty
        }
        return foes.isEmpty ? 0 : CriticalGap.of(movement, against: foes, vehicles: network.vehicles)
    }

    /// How much longer a gap in front of a movement must be than the critical gap of a stream that gives way to it, as a factor.
    func weight(ofMovement foe: Int, before stream: Int) -> Double {
        let movement = network.movements[streams[stream].movement]
        let gap = streams[stream].criticalGap
        guard settings.criticalGap == nil, gap > 0 else { return 1 }
        return 1 + CriticalGap.excess(of: movement, against: network.movements[foe]) / gap
    }

    private mutating func connectStreams() {
        for number in streams.indices {
            let movement = network.movements[streams[number].movement]
            let entered = Set(streams[number].connections.map { movement.connections[$0].to })
            func opposing(_ names: [MovementID]) -> [Int] {
                names.compactMap { index.movements[$0] }.sorted().flatMap { streamsOfMovement[$0] }.filter { other in
                    let foe = network.movements[streams[other].movement]
                    // Merging streams only meet in the lane they share; crossing ones meet in any.
                    return foe.to != movement.to
                        || streams[other].connections.contains { entered.contains(foe.connections[$0].to) }
                }
            }
            streams[number].unfollowedFoes = movement.givesWayTo.compactMap { index.movements[$0] }.filter {
                network.movements[$0].signalGroup == nil && streamsOfMovement[$0].isEmpty
            }
            streams[number].priority = opposing(movement.givesWayTo).filter { mayGoTogether(number, $0) }
            streams[number].crossing = opposing(movement.foes)
            let first = movement.connections[streams[number].connections[0]]
            let inside = first.length / max(1, first.speed)
            var collected: [Int: (share: Double, time: Double)] = [:]
            if let to = index.links[movement.to] {
                let lanes = streams[number].connections.map { movement.connections[$0].to }
                follow(link: to, lanes: lanes, share: 1, time: inside, into: &collected)
            }
            streams[number].targets = collected.sorted { $0.key < $1.key }.map { road, value in
                .init(
                    road: road, share: value.share,
                    steps: max(1, steps(value.time / value.share)),
                    isAdjacent: roads[road].link == index.links[movement.to])
            }
        }
    }

    /// Whether the signals ever let two streams go at once.
    private func mayGoTogether(_ first: Int, _ second: Int) -> Bool {
        guard let one = streams[first].group, let other = streams[second].group,
            groups[one].junction == groups[other].junction
        else { return true }
        return !rules[groups[one].junction].areIncompatible(groups[one].number, groups[other].number)
    }

    /// Follows vehicles that enter a link on some lanes until they reach a road; `time` is summed in proportion to the share.
    private func follow(
        link: Int, lanes: [LaneID], share: Double, time: Double,
        into collected: inout [Int: (share: Double, time: Double)]
    ) {
        if !roadsOfLink[link].isEmpty {
            for (road, part) in partsReached(by: lanes, of: link) where part > 0 {
                let before = collected[road] ?? (0, 0)
                collected[road] = (before.share + share * part, before.time + share * part * time)
            }
            return
        }
        let speed = min(
            network.links[link].freeFlowSpeed, network.vehicles.greatestSpeed ?? network.links[link].freeFlowSpeed)
        let end = time + network.links[link].length / max(1, speed)
        guard end < flows.duration else { return }
        for movement in index.movementsFrom[link] where share * meanShare[movement] > 1e-3 {
            guard let to = index.links[network.movements[movement].to] else { continue }
            let connections = network.movements[movement].connections
            follow(
                link: to, lanes: connections.map(\.to), share: share * meanShare[movement],
                time: end + connections[0].length / max(1, connections[0].speed), into: &collected)
        }
    }

    private mutating func computeStreamShares() {
        streamShares = Array(repeating: 0, count: streams.count * flows.intervalCount)
        for road in roads {
            let all = lanes[road.lanes].flatMap { Array($0.streams) }
            let stays = sinkShare(of: road.link)
            for interval in 0..<flows.intervalCount {
                let weights = all.map { streamFlow[$0][interval] }
                let total = weights.reduce(0, +)
                let fallback = all.map { number in
                    meanShare[streams[number].movement] * laneShare(of: streams[number])
                }
                let fallbackTotal = fallback.reduce(0, +)
                for (position, number) in all.enumerated() {
                    let share =
                        total > 0
                        ? weights[position] / total : fallbackTotal > 0 ? fallback[position] / fallbackTotal : 0
                    streamShares[number * flows.intervalCount + interval] = share * (1 - stays)
                }
            }
        }
    }

    /// Share of a movement's flow that is on the lane of a stream.
    func laneShare(of stream: NetworkModel.Stream) -> Double {
        stream.connections.reduce(0) { $0 + laneShares[stream.movement][$1] }
    }

    /// Share of the vehicles on a link that end their journey there.
    private func sinkShare(of link: Int) -> Double {
        let leaving = index.movementsFrom[link].reduce(0) { $0 + meanShare[$1] }
        return leaving > 0 ? max(0, 1 - leaving) : 0
    }

    private mutating func computeExternal() {
        external = Array(repeating: 0, count: roads.count * stepCount)
        for source in flows.sources {
            guard let link = index.links[source.link] else { continue }
            var collected: [Int: (share: Double, time: Double)] = [:]
            follow(
                link: link, lanes: network.links[link].lanes.map(\.id), share: 1, time: 0, into: &collected)
            for (road, value) in collected.sorted(by: { $0.key < $1.key }) {
                let delay = steps(value.time / value.share)
                for step in delay..<max(delay, stepCount) {
                    let interval = (step - delay) / stepsPerInterval
                    external[road * stepCount + step] +=
                        value.share * source.flowPerHour[interval] / 3600 * stepLength
                }
            }
        }
    }

    func unfollowedFlows() -> [Double] {
        streams.enumerated().flatMap { number, stream in
            (0..<flows.intervalCount).map { interval in
                stream.unfollowedFoes.reduce(0) {
                    $0 + weight(ofMovement: $1, before: number) * movementFlow[$1][interval]
                } / 3600 * stepLength
            }
        }
    }

    func roadsOfJunction() -> [[Int]] {
        var result = network.junctions.map { _ in [Int]() }
        var owner: [Int?] = roads.map(\.junction)
        // A followed road without a signal belongs to the junction that it leads to.
        var changed = true
        while changed {
            changed = false
            for (number, _) in roads.enumerated() where owner[number] == nil {
                let leadsTo = lanes[roads[number].lanes].flatMap { Array($0.streams) }.flatMap { streams[$0].targets }
                    .filter(\.isAdjacent).compactMap { owner[$0.road] }
                if let junction = leadsTo.min() {
                    owner[number] = junction
                    changed = true
                }
            }
        }
        for (number, junction) in owner.enumerated() {
            if let junction { result[junction].append(number) }
        }
        return result
    }

    /// Junctions that get a good part of their traffic from each junction.
    func downstreamJunctions() -> [[Int]] {
        let owned = roadsOfJunction()
        var owner = Array(repeating: -1, count: roads.count)
        for (junction, members) in owned.enumerated() { for road in members { owner[road] = junction } }
        var exchanged = owned.map { _ in [Int: Double]() }
        var received = owned.map { _ in 0.0 }
        for stream in streams {
            let flow = movementFlow[stream.movement].reduce(0, +) * laneShare(of: stream)
            for target in stream.targets where owner[target.road] >= 0 {
                let (from, to) = (owner[lanes[stream.lane].road], owner[target.road])
                guard from >= 0, from != to else { continue }
                exchanged[from][to, default: 0] += flow * target.share
            }
        }
        for (junction, members) in owned.enumerated() {
            for road in members where roads[road].junction == junction {
                for stream in lanes[roads[road].lanes].flatMap({ Array($0.streams) }) {
                    received[junction] +=
                        movementFlow[streams[stream].movement].reduce(0, +)
                        * laneShare(of: streams[stream])
                }
            }
        }
        return exchanged.map { neighbours in
            neighbours.filter { $0.value > settings.influence * received[$0.key] }.map(\.key).sorted()
        }
    }
}
