import SignalModel

extension NetworkRun {
    /// Sums over the lanes of one movement, in vehicles and vehicle-seconds.
    private struct MovementSums {
        var vehicles = 0.0
        var delay = 0.0
        var stops = 0.0
        var capacity = 0.0
        var longestQueue = 0.0
    }

    /// Figures of the run.
    ///
    /// - Parameter greens: The greens that it was run with.
    public func performance(under greens: GreenTable) -> NetworkPerformance {
        var sums: [Int: MovementSums] = [:]
        for (number, road) in model.roads.enumerated() {
            let arrivals = road.lanes.flatMap { Array(model.lanes[$0].streams) }.reduce(0) { $0 + totals.arrivals[$1] }
            let outside = arrivals > 0 ? totals.waitingOutside[number] / arrivals : 0
            for lane in road.lanes { add(lane, outside: outside, greens, to: &sums) }
        }
        let hours = model.flows.duration / 3600
        return NetworkPerformance(
            definition: NetworkPerformance.definition, vehicles: model.vehicleCount,
            delay: model.vehicleCount > 0 ? delay / model.vehicleCount : 0,
            movements: sums.sorted { $0.key < $1.key }.filter { $0.value.vehicles > 0 }.map { movement, sum in
                .init(
                    movement: model.network.movements[movement].id, vehicles: sum.vehicles,
                    delay: sum.delay / sum.vehicles, stops: sum.stops / sum.vehicles,
                    flowPerHour: model.meanFlowPerHour(of: movement), capacityPerHour: sum.capacity / hours,
                    longestQueue: sum.longestQueue)
            })
    }

    private func add(_ lane: Int, outside: Double, _ greens: GreenTable, to sums: inout [Int: MovementSums]) {
        let members = model.lanes[lane].streams
        let onLane = members.reduce(0) { $0 + totals.arrivals[$1] }
        guard onLane > 0 else { return }
        let capacity = capacity(of: lane, greens: greens)
        for stream in members {
            let arrived = totals.arrivals[stream]
            let stops = totals.stops[stream]
            var sum = sums[model.streams[stream].movement] ?? MovementSums()
            sum.vehicles += arrived
            sum.stops += stops
            sum.delay += totals.queueing[stream] + stops * model.settings.lossPerStop + arrived * outside
            sum.delay += totals.random[lane] * arrived / onLane
            sum.capacity += capacity * arrived / onLane
            if arrived > 0 { sum.longestQueue = max(sum.longestQueue, totals.longestQueue[lane]) }
            sums[model.streams[stream].movement] = sum
        }
    }
}

extension NetworkModel {
    /// Demand of a movement by position, mean of the analysis period, veh/h.
    func meanFlowPerHour(of movement: Int) -> Double {
        guard let flow = demandOfMovement[movement]?.flowPerHour, !flow.isEmpty else { return 0 }
        return flow.reduce(0, +) / Double(flow.count)
    }
}
