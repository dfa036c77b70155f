import Bandwidth

/// Drives along an arterial at the stated speeds and looks at every signal, without the equations that the bands came from.
struct BandWalk {
    let arterial: Arterial
    let solution: BandSolution
    let queues: MaxBand.QueueTreatment

    /// What met a red, or came while a queue was still clearing; empty where the bands hold what they say.
    ///
    /// Vehicles are spread over the band from its front to its rear and leave in each of several cycles.
    func faults(vehicles: Int = 9, cycles: Int = 4) -> [String] {
        let forward = Array(arterial.signals.indices)
        var found = faults(
            forward, roads: arterial.outbound, speeds: solution.timing.outboundSpeeds, width: solution.outbound.width,
            lead: solution.outboundLeads[0], isOutbound: true, vehicles: vehicles, cycles: cycles)
        if let roads = arterial.inbound, let speeds = solution.timing.inboundSpeeds, let inbound = solution.inbound,
            let lead = solution.inboundLeads?.last
        {
            found += faults(
                forward.reversed(), roads: roads.reversed(), speeds: speeds.reversed(), width: inbound.width,
                lead: lead, isOutbound: false, vehicles: vehicles, cycles: cycles)
        }
        return found
    }

    private func faults(
        _ order: [Int], roads: [Arterial.Road], speeds: [Double], width: Double, lead: Double, isOutbound: Bool,
        vehicles: Int, cycles: Int
    ) -> [String] {
        var found: [String] = []
        for (road, speed) in zip(roads, speeds)
        where speed < road.leastSpeed - 1e-6 || speed > road.greatestSpeed + 1e-6 {
            found.append("\(speed) m/s is not in \(road.leastSpeed) ... \(road.greatestSpeed)")
        }
        let cycle = solution.timing.cycle
        for run in 0..<cycles {
            for vehicle in 0..<vehicles {
                let share = Double(vehicle) / Double(vehicles - 1)
                let first = order[0]
                var time = Double(run) * cycle + solution.timing.offsets[first]
                time += green(first, isOutbound).start * cycle + lead + share * width
                for (position, signal) in order.enumerated() {
                    if position > 0 { time += roads[position - 1].length / speeds[position - 1] }
                    let clearance =
                        isOutbound
                        ? arterial.signals[signal].outboundQueueClearance
                        : arterial.signals[signal].inboundQueueClearance
                    if position > 0, queues == .bandAdvances { time -= clearance }
                    let shown = green(signal, isOutbound)
                    var since = time - solution.timing.offsets[signal] - shown.start * cycle
                    while since < -1e-5 { since += cycle }
                    while since >= cycle - 1e-5 { since -= cycle }
                    let soonest = position > 0 && queues == .bandWaits ? clearance : 0
                    if since < soonest - 1e-4 || since > shown.length * cycle + 1e-4 {
                        let side = isOutbound ? "outbound" : "inbound"
                        found.append(
                            "\(side) run \(run), share \(share): \(since) s into the green of signal \(signal)")
                    }
                }
            }
        }
        return found
    }

    private func green(_ signal: Int, _ isOutbound: Bool) -> ArterialSignal.Green {
        let pattern = arterial.signals[signal].patterns[solution.timing.patterns[signal]]
        return isOutbound ? pattern.outbound : pattern.inbound
    }
}
