import PerformanceModel
import SignalModel

extension CyclicNetwork {
    /// Lays out a network for one common cycle.
    ///
    /// - Parameters:
    ///   - model: The network with its demand, of which the means over the period count.
    ///   - cycle: Common cycle, s.
    ///   - greensPerGroup: Greatest number of greens of a signal group in the common cycle.
    /// - Throws: ``CyclicError/cycle(found:expected:)``.
    /// - Precondition: greensPerGroup > 0.
    public init(
        model: NetworkModel, cycle: Int, greensPerGroup: Int = 2, settings: CyclicSettings = .init()
    ) throws(CyclicError) {
        precondition(greensPerGroup > 0, "a group has room for one green at least")
        guard Self.cycles.contains(cycle) else { throw .cycle(found: cycle, expected: Self.cycles) }
        let structure = model.structure
        self.cycle = cycle
        self.greensPerGroup = greensPerGroup
        self.settings = settings
        junctions = model.network.junctions.map(\.id)
        signals = structure.groups.map { group in
            Signal(
                junction: group.junction,
                id: model.network.junctions[group.junction].signalGroups[group.number].id, startLag: group.startLag,
                endGain: group.endGain)
        }
        var first = 0
        signalsOfJunction = model.network.junctions.map { junction in
            first += junction.signalGroups.count
            return first - junction.signalGroups.count..<first
        }
        var builder = CyclicNetworkBuilder(structure: structure, settings: settings)
        builder.build()
        roads = builder.roads
        groups = builder.groups
        order = Self.order(of: builder.roads, groups: builder.groups)
    }

    /// Orders roads so that little flow comes from roads that come later: sources of the flow as they get free, and the road
    /// with the least open inflow where a circle must be cut.
    private static func order(of roads: [Road], groups: [LaneGroup]) -> [Int] {
        var open = roads.map { _ in 0.0 }
        var flows = roads.map { _ in [(road: Int, flow: Double)]() }
        for (number, road) in roads.enumerated() {
            for source in road.sources {
                let from = groups[source.group].road
                let flow = roads[from].demand * groups[source.group].share * source.share
                open[number] += flow
                flows[from].append((number, flow))
            }
        }
        var left = Set(roads.indices.filter { !roads[$0].groups.isEmpty })
        var order: [Int] = []
        while let next = left.min(by: { (open[$0], $0) < (open[$1], $1) }) {
            left.remove(next)
            order.append(next)
            for (road, flow) in flows[next] { open[road] -= flow }
        }
        return order
    }
}

/// Turns a ``NetworkStructure`` into lane groups and where they get their vehicles from.
struct CyclicNetworkBuilder {
    let structure: NetworkStructure
    let settings: CyclicSettings
    var roads: [CyclicNetwork.Road] = []
    var groups: [CyclicNetwork.LaneGroup] = []
    /// Streams of each lane group.
    private var streams: [[Int]] = []
    /// Lane group of each stream; nil where nobody takes its lane.
    private var groupOfStream: [Int?]

    init(structure: NetworkStructure, settings: CyclicSettings) {
        self.structure = structure
        self.settings = settings
        groupOfStream = structure.streams.map { _ in nil }
    }

    mutating func build() {
        for (number, road) in structure.roads.enumerated() {
            let first = groups.count
            for lanes in lanesTogether(on: road) { appendGroup(of: lanes, road: number) }
            roads.append(
                .init(
                    link: road.link, junction: road.junction, groups: first..<groups.count,
                    dispersion: PlatoonDispersion(
                        travelTime: road.travelTime, alpha: settings.alpha, beta: settings.beta),
                    externalFlow: road.externalFlow, demand: 0, sources: [], reaches: []))
        }
        connectSources()
        for number in groups.indices { groups[number].parts = parts(of: number) }
        computeDemand()
        var reaches = roads.map { _ in Set<Int>() }
        for (number, road) in roads.enumerated() {
            for source in road.sources { reaches[groups[source.group].road].insert(number) }
            for foe in groups[road.groups].flatMap(\.parts).flatMap(\.foes) {
                reaches[groups[foe.group].road].insert(number)
            }
        }
        for number in roads.indices { roads[number].reaches = reaches[number].sorted() }
    }

    /// Lanes of a road by the set of their movements, in the order of the lanes.
    private func lanesTogether(on road: NetworkStructure.Road) -> [[Int]] {
        var found: [(movements: Set<Int>, lanes: [Int])] = []
        for lane in road.lanes {
            let movements = Set(structure.lanes[lane].streams.map { structure.streams[$0].movement })
            if let place = found.firstIndex(where: { $0.movements == movements }) {
                found[place].lanes.append(lane)
            } else {
                found.append((movements, [lane]))
            }
        }
        return found.map(\.lanes)
    }

    private mutating func appendGroup(of lanes: [Int], road: Int) {
        let members = lanes.flatMap { structure.lanes[$0].streams }
        let share = members.reduce(0) { $0 + structure.streams[$1].share }
        // A stop line that nobody comes to has no queue.
        guard share > 1e-9 else { return }
        let meanHeadway =
            members.reduce(0) { $0 + structure.streams[$1].share * structure.streams[$1].headway } / share
        for stream in members { groupOfStream[stream] = groups.count }
        streams.append(members)
        groups.append(
            .init(
                road: road, lanes: lanes.map { structure.lanes[$0].lane }, share: share,
                saturationFlow: Double(lanes.count) / meanHeadway, parts: []))
    }

    private mutating func connectSources() {
        for (number, members) in streams.enumerated() {
            for stream in members {
                let part = structure.streams[stream].share / groups[number].share
                for target in structure.streams[stream].targets where part * target.share > 0 {
                    let sources = roads[target.road].sources
                    if let place = sources.firstIndex(where: { $0.group == number && $0.seconds == target.seconds }) {
                        roads[target.road].sources[place].share += part * target.share
                    } else {
                        roads[target.road].sources.append(
                            .init(group: number, share: part * target.share, seconds: target.seconds))
                    }
                }
            }
        }
    }

    private func parts(of number: Int) -> [CyclicNetwork.Part] {
        var parts: [CyclicNetwork.Part] = []
        for position in streams[number] where structure.streams[position].share > 0 {
            let stream = structure.streams[position]
            var shares: [Int: Double] = [:]
            for foe in stream.priority {
                guard let group = groupOfStream[foe] else { continue }
                shares[group, default: 0] += structure.streams[foe].share / groups[group].share
            }
            let foes = shares.sorted { $0.key < $1.key }.filter { $0.value > 0 }
                .map { CyclicNetwork.Foe(group: $0.key, share: min(1, $0.value)) }
            let part = CyclicNetwork.Part(
                signal: stream.group, share: stream.share / groups[number].share, foes: foes,
                gap: foes.isEmpty ? 0 : max(0, stream.criticalGap - stream.headway / 2),
                sneakers: foes.isEmpty ? 0 : stream.waitingInside)
            let place = parts.firstIndex {
                $0.signal == part.signal && $0.foes == part.foes && (foes.isEmpty || $0.gap == part.gap)
            }
            if let place {
                parts[place].share += part.share
                parts[place].sneakers += part.sneakers
            } else {
                parts.append(part)
            }
        }
        return parts
    }

    /// Flow of each road as if every stop line let all through: what comes in, carried on until it has left.
    private mutating func computeDemand() {
        for _ in 0..<200 {
            var change = 0.0
            for number in roads.indices {
                let flow = roads[number].sources.reduce(roads[number].externalFlow) { sum, source in
                    let group = groups[source.group]
                    return sum + source.share * group.share * roads[group.road].demand
                }
                change = max(change, abs(flow - roads[number].demand))
                roads[number].demand = flow
            }
            if change < 1e-9 { return }
        }
    }
}
