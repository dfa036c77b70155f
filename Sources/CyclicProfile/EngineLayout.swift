import CProfileKernel

/// What of a network the engine's memory and loops are made for, the same for every candidate.
struct EngineLayout: Sendable {
    /// Candidates in a block.
    static let width = Int(GREENBAND_PROFILE_WIDTH)

    /// Inflow that keeps numbers from becoming so small that the processor slows down on them, vehicles in each second.
    static let leastInflow: Float = 1e-12

    /// When some stop lines are served: signal groups, each with its share.
    struct Service: Sendable, Hashable {
        struct Part: Sendable, Hashable {
            /// Nil for what no signal rules.
            var signal: Int?
            var share: Float
        }
        var parts: [Part]
    }

    /// Movements of a lane group that give way, or go beside those that do.
    struct Yield: Sendable {
        /// Its green, times its share, by position in ``services``.
        var green: Int
        var part: CyclicNetwork.Part
    }

    /// Dispersion of a road in the terms of the loops.
    struct Spread: Sendable {
        var smoothing: Float
        var wholeLag: Int
        var lateShare: Float
        var decay: [Float]
        var closure: Float
    }

    let network: CyclicNetwork
    /// Different services.
    let services: [Service]
    /// Service of each lane group; nil where it gives way.
    let serviceOfGroup: [Int?]
    /// Parts of each lane group that gives way; empty for the others.
    let yields: [[Yield]]
    /// Services that the signals of each junction are in.
    let servicesOfJunction: [[Int]]
    /// Slots of the greens, by junction, of the signals that are in some service; a crossing's are in none.
    let slotsOfJunction: [[Int]]
    /// All of these.
    let slots: [Int]
    /// Roads whose lane groups the signals of each junction serve.
    let roadsOfJunction: [[Int]]
    let spreads: [Spread]
    /// Lane groups whose departures are looked at before they are computed in a first pass over the roads.
    let lookedAhead: [Int]
    /// Greatest number of lane groups of a road.
    let mostGroups: Int
    /// Greatest number of sources of a road.
    let mostSources: Int

    init(network: CyclicNetwork) {
        self.network = network
        var services: [Service] = []
        var places: [Service: Int] = [:]
        func place(_ parts: [Service.Part]) -> Int {
            let service = Service(parts: parts)
            if let place = places[service] { return place }
            places[service] = services.count
            services.append(service)
            return services.count - 1
        }
        var yields: [[Yield]] = []
        serviceOfGroup = network.groups.map { group in
            if group.givesWay {
                yields.append(
                    group.parts.map {
                        Yield(green: place([.init(signal: $0.signal, share: Float($0.share))]), part: $0)
                    })
                return nil
            }
            yields.append([])
            var shares: [(signal: Int?, share: Double)] = []
            for part in group.parts {
                if let known = shares.firstIndex(where: { $0.signal == part.signal }) {
                    shares[known].share += part.share
                } else {
                    shares.append((part.signal, part.share))
                }
            }
            return place(shares.map { .init(signal: $0.signal, share: Float($0.share)) })
        }
        self.services = services
        self.yields = yields
        var servicesOfJunction = network.junctions.map { _ in [Int]() }
        for (number, service) in services.enumerated() {
            for junction in Set(service.parts.compactMap(\.signal).map { network.signals[$0].junction }).sorted() {
                servicesOfJunction[junction].append(number)
            }
        }
        self.servicesOfJunction = servicesOfJunction
        let served = Set(services.flatMap(\.parts).compactMap(\.signal))
        let slotsOfJunction = network.signalsOfJunction.map { signals in
            signals.filter(served.contains).flatMap { signal in
                signal * network.greensPerGroup..<(signal + 1) * network.greensPerGroup
            }
        }
        self.slotsOfJunction = slotsOfJunction
        slots = slotsOfJunction.flatMap { $0 }
        roadsOfJunction = network.junctions.indices.map { junction in
            network.roads.indices.filter { road in
                network.groups[network.roads[road].groups].flatMap(\.parts).contains { part in
                    part.signal.map { network.signals[$0].junction == junction } ?? false
                }
            }
        }
        spreads = network.roads.map { Self.spread(of: $0, cycle: network.cycle) }
        var isDone = network.groups.map { _ in false }
        var ahead = Set<Int>()
        for road in network.order {
            let foes = network.roads[road].groups.flatMap { network.groups[$0].parts }.flatMap(\.foes).map(\.group)
            ahead.formUnion((network.roads[road].sources.map(\.group) + foes).filter { !isDone[$0] })
            for group in network.roads[road].groups { isDone[group] = true }
        }
        lookedAhead = ahead.sorted()
        mostGroups = network.roads.map(\.groups.count).max() ?? 0
        mostSources = network.roads.map(\.sources.count).max() ?? 0
    }

    private static func spread(of road: CyclicNetwork.Road, cycle: Int) -> Spread {
        let whole = Int(road.dispersion.lag)
        let memory = 1 - road.dispersion.smoothing
        var decay: [Float] = []
        var left = 1.0
        for _ in 0..<cycle {
            left *= memory
            // What single precision cannot tell from nothing beside a flow is nothing.
            decay.append(left < 1e-9 ? 0 : Float(left))
        }
        return Spread(
            smoothing: Float(road.dispersion.smoothing), wholeLag: whole,
            lateShare: Float(road.dispersion.lag - Double(whole)), decay: decay, closure: Float(1 / (1 - left)))
    }
}
