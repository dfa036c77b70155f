import PerformanceModel
import SignalModel

/// One direction of a road between two signals: a periodic platoon that spreads on its way to a vertical queue.
struct RoadDelay {
    private let cycleTime: Int
    /// Vehicles that come to the stop line in each step when both offsets are zero.
    private let arrivals: [Double]
    private let green: Int
    private let greenStart: Int
    /// Vehicles that a step of green serves.
    private let saturation: Double

    /// Draws flow, turns and speed.
    init(
        road: CityGraph.Road, upstream: CitySignal, downstream: CitySignal, direction: SIMD2<Double>,
        generator: inout SeededGenerator
    ) {
        cycleTime = upstream.cycleTime
        let stage = downstream.stage(of: direction)
        green = downstream.greens[stage]
        greenStart = downstream.starts[stage]
        saturation = road.isArterial ? 1.0 : 0.5
        let degree = (road.isArterial ? 0.65 : 0.4) + 0.3 * generator.nextShare()
        let perCycle = degree * saturation * Double(green)
        let through = 0.6 + 0.25 * generator.nextShare()
        let inside = 0.05 + 0.1 * generator.nextShare()
        let own = upstream.stage(of: direction)
        var departures = [Double](repeating: perCycle * inside / Double(cycleTime), count: cycleTime)
        for (part, stage) in [(through, own), (1 - through, 1 - own)] {
            let vehicles = perCycle * (1 - inside) * part
            let leaving = Self.discharge(
                vehicles, upstream.greens[stage], cycleTime, saturation: part == through ? saturation : 0.4)
            for (step, flow) in leaving.enumerated() { departures[(upstream.starts[stage] + step) % cycleTime] += flow }
        }
        let speed = road.isArterial ? 13.9 : 11.0
        let spread = PlatoonDispersion(travelTime: road.length / speed, alpha: 0.35, beta: 0.8)
        // After some cycles the arrivals repeat themselves.
        let cycles = 12
        let repeated = (0..<cycles).flatMap { _ in departures }
        arrivals = Array(spread.arrivals(of: repeated, stepCount: cycles * cycleTime).suffix(cycleTime))
    }

    /// Vehicles that leave in each step of green: the queue at saturation, then as they come.
    private static func discharge(_ vehicles: Double, _ green: Int, _ cycleTime: Int, saturation: Double) -> [Double] {
        let rate = vehicles / Double(cycleTime)
        var queue = rate * Double(cycleTime - green)
        var result = (0..<green).map { _ in
            let leaving = min(queue + rate, saturation)
            queue += rate - leaving
            return leaving
        }
        // Whoever is left over leaves evenly: the flow is what was drawn.
        for step in result.indices { result[step] += queue / Double(green) }
        return result
    }

    /// Mean delay of all vehicles for each difference of the offsets, downstream less upstream, veh·h/h.
    func byOffsetDifference() -> [Double] {
        (0..<cycleTime).map { difference in
            let start = greenStart + difference
            var queue = 0.0
            // The queue is empty at some end of green: the second cycle repeats itself, and the third is counted.
            var sum = 0.0
            for cycle in 0..<3 {
                for step in 0..<cycleTime {
                    let time = start + step
                    let leaving = step < green ? saturation : 0
                    queue = max(0, queue + arrivals[time % cycleTime] - leaving)
                    if cycle == 2 { sum += queue }
                }
            }
            return sum / Double(cycleTime)
        }
    }
}
