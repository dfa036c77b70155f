import OffsetEnergy
import SignalModel

/// Delay in a made-up town as a function of its offsets.
public enum CityEnergy {
    /// Draws a town with signals of one cycle, flows and splits, and the delay on its roads for all offset differences.
    ///
    /// - Parameters:
    ///   - junctionCount: Junctions, all of them signals.
    ///   - cycleTime: Steps of 1 s.
    ///   - seed: Of all that is drawn.
    /// - Returns: Uniform delay on the roads between the signals, veh·h/h.
    public static func make(junctionCount: Int, cycleTime: Int, seed: UInt64) throws -> CyclicEnergy {
        var generator = SeededGenerator(seed: seed)
        let graph = CityGraph(junctionCount: junctionCount, generator: &generator)
        let signals = (0..<junctionCount).map { junction in
            CitySignal(graph: graph, junction: junction, cycleTime: cycleTime, generator: &generator)
        }
        var edges: [EnergyEdge] = []
        for road in graph.roads {
            for (from, to) in [(road.from, road.to), (road.to, road.from)] {
                let delay = RoadDelay(
                    road: road, upstream: signals[from], downstream: signals[to], direction: graph.direction(from, to),
                    generator: &generator)
                edges.append(EnergyEdge(from: from, to: to, cost: .difference(delay.byOffsetDifference())))
            }
        }
        return try CyclicEnergy(
            labelCounts: Array(repeating: cycleTime, count: junctionCount), edges: edges)
    }
}
