import PerformanceModel

/// The cyclic flow profile model in double precision, one plan at a time and equation by equation.
///
/// What ``CyclicEngine`` computes is checked against it.
public struct CyclicReference: Sendable {
    /// Share of its demand that a stop line serves at least, so that what nobody serves has a cost, and a finite one.
    public static let leastServed = 1e-3

    let network: CyclicNetwork
    /// Greatest change of a departure profile between two passes at which all counts as settled, veh/s.
    let tolerance: Double

    /// Makes ready for a network.
    public init(network: CyclicNetwork, tolerance: Double = 1e-9) {
        self.network = network
        self.tolerance = tolerance
    }

    /// Profiles of all lane groups under a plan, road by road.
    public func profiles(of greens: CyclicGreens) -> [LaneGroupProfile] {
        var state = State(network: network, greens: greens)
        for _ in 0..<500 {
            var change = 0.0
            for road in network.order { change = max(change, state.visit(road)) }
            if change <= tolerance { break }
        }
        return state.profiles
    }

    /// What a plan costs.
    public func performance(of greens: CyclicGreens) -> CyclicPerformance {
        profiles(of: greens).reduce(CyclicPerformance()) { $0 + $1.performance }
    }

    /// Profiles that are being settled.
    private struct State {
        let network: CyclicNetwork
        let greens: [[Double]]
        let greenSums: [(count: Int, seconds: Double)]
        var profiles: [LaneGroupProfile]

        init(network: CyclicNetwork, greens: CyclicGreens) {
            self.network = network
            self.greens = network.signals.indices.map(greens.shares(of:))
            greenSums = network.signals.indices.map(greens.greens(of:))
            let none = Array(repeating: 0.0, count: network.cycle)
            profiles = network.groups.map { group in
                let road = network.roads[group.road]
                let flow = Array(repeating: road.demand * group.share, count: network.cycle)
                return LaneGroupProfile(
                    link: road.link, lanes: group.lanes, arrivals: flow, capacity: none, departures: flow, queue: none,
                    degreeOfSaturation: 0, performance: .init())
            }
        }

        /// Computes a road anew; returns the greatest change of a departure, veh/s.
        mutating func visit(_ number: Int) -> Double {
            let road = network.roads[number]
            var mixed = Array(repeating: road.externalFlow, count: network.cycle)
            for source in road.sources {
                let departures = profiles[source.group].departures
                for second in mixed.indices {
                    mixed[second] += source.share * departures[modulo(second - source.seconds, network.cycle)]
                }
            }
            let arrivals = PeriodicFlow.arrivals(of: mixed, dispersion: road.dispersion)
            return road.groups.reduce(0) { max($0, queue($1, arrivals: arrivals)) }
        }

        private mutating func queue(_ number: Int, arrivals: [Double]) -> Double {
            let group = network.groups[number]
            let cycle = Double(network.cycle)
            let come = arrivals.map { $0 * group.share }
            let capacity = service(of: group).map { $0 * group.saturationFlow }
            let demand = come.reduce(0, +)
            let most = max(capacity.reduce(0, +), CyclicReference.leastServed * demand)
            let served = demand > most ? most / demand : 1
            let queue = PeriodicFlow.queue(arrivals: come.map { $0 * served }, capacity: capacity)
            let change = zip(queue.departures, profiles[number].departures).reduce(0) { max($0, abs($1.0 - $1.1)) }
            let saturation = most > 0 ? demand / most : 0
            profiles[number].arrivals = come
            profiles[number].capacity = capacity
            profiles[number].departures = queue.departures
            profiles[number].queue = queue.queue
            profiles[number].degreeOfSaturation = saturation
            profiles[number].performance = CyclicPerformance(
                uniformDelay: queue.queued,
                incrementalDelay: most > 0
                    ? demand
                        * HCM.incrementalDelay(
                            degreeOfSaturation: saturation, capacityPerHour: most * 3600 / cycle,
                            incrementalDelayFactor: network.settings.randomness,
                            analysisPeriod: network.settings.analysisPeriod) : 0,
                stops: queue.stopped)
            return change
        }

        /// Share of the saturation flow that a lane group has in each second: its movements each by their share.
        private func service(of group: CyclicNetwork.LaneGroup) -> [Double] {
            var service = Array(repeating: 0.0, count: network.cycle)
            for part in group.parts {
                let green = part.signal.map { greens[$0] } ?? Array(repeating: 1, count: network.cycle)
                let sums = part.signal.map { greenSums[$0] } ?? (count: 1, seconds: Double(network.cycle))
                let served = group.saturationFlow * part.share * sums.seconds
                let least = served > 0 ? min(1, part.sneakers * Double(sums.count) / served) : 0
                for second in service.indices {
                    var free = 1.0
                    if part.givesWay {
                        let opposing = part.foes.reduce(0) { $0 + $1.share * profiles[$1.group].departures[second] }
                        free = max(least, CyclicNetwork.freedom(opposing: opposing, gap: part.gap))
                    }
                    service[second] += part.share * green[second] * free
                }
            }
            return service
        }
    }
}

/// The remainder in 0 ..< cycle, for negative times too.
func modulo(_ time: Int, _ cycle: Int) -> Int {
    let rest = time % cycle
    return rest < 0 ? rest + cycle : rest
}
