import CyclicProfile
import PerformanceModel
import SignalModel
import TestSupport

/// A random network with random demand, and random timings of a common cycle.
struct RandomCase {
    let network: Network
    let model: NetworkModel
    let cyclic: CyclicNetwork
    private var random: SplitMix64

    /// - Parameter flow: Greatest flow that enters on one lane, veh/h; 900 overloads many stop lines.
    init(seed: UInt64, flow: Double = 500) throws {
        var random = SplitMix64(seed: seed)
        network =
            switch seed % 4 {
            case 0: JunctionGenerator.joinedJunction(seed: seed)
            case 1: JunctionGenerator.irregular(rows: 3, columns: 3, seed: seed)
            case 2: JunctionGenerator.grid(rows: 2, columns: 4, seed: seed)
            default: JunctionGenerator.irregular(rows: 2, columns: 2, seed: seed)
            }
        var settings = ModelSettings()
        settings.leastVehicles = 0
        model = NetworkModel(
            network: network, flows: FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: flow),
            settings: settings)
        cyclic = try CyclicNetwork(model: model, cycle: Int.random(in: 50...130, using: &random))
        self.random = random
    }

    /// Greens of a random timing of a junction.
    ///
    /// Every group has a green somewhere, now and then two, or half the cycle, or always green. The model asks nothing of them,
    /// least of all that they be safe.
    mutating func timing(of junction: Int) -> JunctionPlan {
        let common = Double(cyclic.cycle)
        let isHalf = random.chance(0.15)
        let cycle = isHalf ? common / 2 : common
        let grid = random.chance(0.3) ? 1.0 : 0.1
        func time(_ range: ClosedRange<Double>) -> Double {
            (Double.random(in: range, using: &random) / grid).rounded() * grid
        }
        let groups = network.junctions[junction].signalGroups.map { group in
            let start = time(0...cycle - 1)
            var intervals = [GreenInterval(start: start, duration: time(0.15 * cycle...0.6 * cycle))]
            if random.chance(0.05) { intervals = [GreenInterval(start: 0, duration: cycle)] }
            if !isHalf && random.chance(0.1) {
                intervals = [
                    GreenInterval(start: start, duration: time(5...0.3 * cycle)),
                    GreenInterval(
                        start: (start + cycle / 2).truncatingRemainder(dividingBy: cycle),
                        duration: time(5...0.3 * cycle)),
                ]
            }
            return GroupGreens(group: group.id, intervals: intervals)
        }
        return JunctionPlan(
            junction: network.junctions[junction].id, cycle: cycle, offset: time(0...cycle - 1), greens: groups)
    }

    /// Greens of a random timing of every junction.
    mutating func greens() throws -> CyclicGreens {
        var timings: [JunctionPlan] = []
        for junction in network.junctions.indices { timings.append(timing(of: junction)) }
        return try CyclicGreens(timings: timings, network: cyclic)
    }
}
