import Formats
import Foundation
import SignalModel
import Synchronization
import TestSupport

/// Vehicles that drive at random through a network with known demand, and what its detectors count of them.
struct CountScenario: Sendable {
    let network: Network
    /// The demand that the vehicles were drawn from, with the standard detectors' view of it in ``counts``.
    let demand: Flows
    let counts: Counts
    private let trips: TripDemand
    /// The vehicles that were drawn, as flows.
    var driven: Flows { trips.flows(in: network) }

    /// Draws one hour of traffic: vehicles enter as a Poisson process, and turn by the shares of the demand.
    init(
        network: Network, seed: UInt64, greatestFlowPerLane: Double = 500, intervalCount: Int = 12,
        isSteady: Bool = false
    ) {
        var network = network
        network.detectors = DetectorLayout.standard(for: network)
        var demand = FlowsGenerator.flows(
            for: network, seed: seed, greatestFlowPerLane: greatestFlowPerLane,
            intervalCount: isSteady ? 1 : intervalCount)
        if isSteady { demand.repeatFirstInterval(intervalCount) }
        var random = SplitMix64(seed: seed &+ 1_000_003)
        var drawn = demand
        for source in drawn.sources.indices {
            for interval in 0..<intervalCount {
                let mean = demand.sources[source].flowPerHour[interval] * demand.intervalLength / 3600
                drawn.sources[source].flowPerHour[interval] =
                    Double(random.poisson(mean: mean)) * 3600 / demand.intervalLength
            }
        }
        trips = try! TripDemand.sampled(from: drawn, in: network, seed: seed)
        self.network = network
        self.demand = demand
        counts = trips.counts(in: network)
    }

    /// Demand of each movement by interval, veh/h.
    var demandByMovement: [MovementID: [Double]] {
        Dictionary(uniqueKeysWithValues: demand.movements.map { ($0.movement, $0.flowPerHour) })
    }

    /// What ``init(network:seed:greatestFlowPerLane:intervalCount:isSteady:)`` makes of ``network(seed:)``, made once.
    static func standard(seed: UInt64, isSteady: Bool = false) -> CountScenario {
        let key = seed * 2 + (isSteady ? 1 : 0)
        if let known = made.withLock({ $0[key] }) { return known }
        let scenario = CountScenario(network: network(seed: seed), seed: seed, isSteady: isSteady)
        made.withLock { $0[key] = scenario }
        return scenario
    }

    private static let made = Mutex<[UInt64: CountScenario]>([:])

    /// Networks of every kind that the generator makes, one after another.
    static func network(seed: UInt64) -> Network {
        switch seed % 4 {
        case 0: JunctionGenerator.junction(seed: seed)
        case 1: JunctionGenerator.grid(rows: 2, columns: 2, seed: seed)
        case 2: JunctionGenerator.irregular(rows: 2, columns: 3, seed: seed)
        default: JunctionGenerator.joinedJunction(seed: seed)
        }
    }

    /// The readings with those of one detector changed.
    func counts(of detector: DetectorID, changed change: (inout DetectorReading) -> Void) -> Counts {
        var result = counts
        for number in result.readings.indices where result.readings[number].detector == detector {
            change(&result.readings[number])
        }
        return result
    }
}

extension Flows {
    fileprivate mutating func repeatFirstInterval(_ count: Int) {
        intervalCount = count
        for number in sources.indices {
            sources[number].flowPerHour = Array(repeating: sources[number].flowPerHour[0], count: count)
        }
        for number in movements.indices {
            movements[number].flowPerHour = Array(repeating: movements[number].flowPerHour[0], count: count)
            movements[number].standardErrorPerHour = Array(repeating: 0, count: count)
        }
    }

    /// Flow of each movement over the whole period, vehicles.
    var totals: [MovementID: Double] {
        Dictionary(
            movements.map { ($0.movement, $0.flowPerHour.reduce(0, +) * intervalLength / 3600) },
            uniquingKeysWith: { $0 + $1 })
    }

    /// Sum of the absolute differences of the movements' totals from the truth, divided by the true sum.
    func weightedError(against truth: Flows) -> Double {
        let own = totals
        let expected = truth.totals
        let names = Set(own.keys).union(expected.keys)
        let difference = names.reduce(0) { $0 + abs((own[$1] ?? 0) - (expected[$1] ?? 0)) }
        return difference / expected.values.reduce(0, +)
    }
}

extension SplitMix64 {
    /// A Poisson number (Knuth 1969, algorithm 3.4.1 Q), sums of means of at most 10 so that nothing underflows.
    mutating func poisson(mean: Double) -> Int {
        guard mean <= 10 else { return poisson(mean: 10) + poisson(mean: mean - 10) }
        var product = Double.random(in: 0..<1, using: &self)
        var count = 0
        let limit = exp(-mean)
        while product > limit {
            product *= Double.random(in: 0..<1, using: &self)
            count += 1
        }
        return count
    }
}
