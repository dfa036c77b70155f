import SignalModel

/// What a plan costs in the model, movement by movement.
public struct NetworkPerformance: Codable, Sendable {
    /// What a plan costs one movement.
    public struct MovementFigures: Codable, Sendable {
        /// Movement.
        public var movement: MovementID
        /// Vehicles that reached the queue.
        public var vehicles: Double
        /// Mean delay, s per vehicle.
        public var delay: Double
        /// Stops per vehicle.
        public var stops: Double
    }

    /// Which delay is counted, and over which vehicles.
    public var definition: String
    /// Vehicles that the sources send.
    public var vehicles: Double
    /// Delay at the signals and on the roads before them, s per vehicle sent.
    public var delay: Double
    /// Movements with traffic, in the network's order.
    public var movements: [MovementFigures]

    /// A table for people.
    public var text: String {
        var text = "\(definition)\n\(rounded(delay)) s per vehicle, \(Int(vehicles.rounded())) vehicles\n"
        for figures in movements {
            text += "\(figures.movement): \(Int(figures.vehicles.rounded())) veh, \(rounded(figures.delay)) s, "
            text += "\(rounded(figures.stops)) stops\n"
        }
        return text
    }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

extension NetworkRun {
    /// Figures of the run.
    public func performance() -> NetworkPerformance {
        let loss = model.settings.lossPerStop
        var sums: [Int: (vehicles: Double, delay: Double, stops: Double)] = [:]
        for (number, road) in model.roads.enumerated() {
            let arrivals = road.lanes.flatMap { Array(model.lanes[$0].streams) }.reduce(0) { $0 + totals.arrivals[$1] }
            let outside = arrivals > 0 ? totals.waitingOutside[number] / arrivals : 0
            for lane in road.lanes {
                let members = model.lanes[lane].streams
                let onLane = members.reduce(0) { $0 + totals.arrivals[$1] }
                for stream in members {
                    let arrived = totals.arrivals[stream]
                    var sum = sums[model.streams[stream].movement] ?? (0, 0, 0)
                    sum.vehicles += arrived
                    sum.stops += totals.stops[stream]
                    sum.delay += totals.queueing[stream] + totals.stops[stream] * loss + arrived * outside
                    if onLane > 0 { sum.delay += totals.random[lane] * arrived / onLane }
                    sums[model.streams[stream].movement] = sum
                }
            }
        }
        let figures = sums.sorted { $0.key < $1.key }.filter { $0.value.vehicles > 0 }.map { movement, sum in
            NetworkPerformance.MovementFigures(
                movement: model.network.movements[movement].id, vehicles: sum.vehicles,
                delay: sum.delay / sum.vehicles, stops: sum.stops / sum.vehicles)
        }
        return NetworkPerformance(
            definition: "delay on the approaches to signals over all vehicles sent in the analysis period, "
                + "with those that still wait at its end",
            vehicles: model.vehicleCount, delay: delay / model.vehicleCount, movements: figures)
    }
}
