extension Kernel {
    func clear(_ road: Int) {
        backlog[road] = 0
        flow[road] = 0
        waitingOutside[road] = 0
        for lane in roads[road].lanes {
            (laneDepartures + lane * stepCount).update(repeating: 0, count: stepCount)
            held[lane] = HeldLane()
            blockedHead[lane] = 0
            closedStreams[lane] = 0
            occupied[lane] = 0
            random[lane] = 0
            longestQueue[lane] = 0
            capacity[lane] = 0
            for stream in lanes[lane].streams {
                (departures + stream * stepCount).update(repeating: 0, count: stepCount)
                queue[stream] = 0
                inside[stream] = 0
                clearing[stream] = 0
                freeFlow[stream] = 0
                couldLeave[stream] = 0
                if streams[stream].claim >= 0 {
                    (claims + streams[stream].claim * stepCount).update(repeating: 0, count: stepCount)
                }
                freedom[stream] = 1
                queueing[stream] = 0
                arrivals[stream] = 0
                left[stream] = 0
                stops[stream] = 0
            }
        }
    }

    func beginInterval(_ road: Int) {
        for lane in roads[road].lanes {
            var waiting = 0.0
            for stream in lanes[lane].streams { waiting += queue[stream] }
            demandInInterval[lane] = waiting
            capacityInInterval[lane] = 0
        }
    }

    /// Random delay of the interval: the incremental delay of HCM 2010 equation 18-45, or of 19-64 where a lane waits for
    /// gaps, less its deterministic part, which the queue itself shows.
    func endInterval(_ road: Int) {
        let period = Double(stepsPerInterval)
        for lane in roads[road].lanes {
            let demand = demandInInterval[lane]
            let offered = capacityInInterval[lane]
            capacity[lane] += offered
            guard demand > 0 else { continue }
            let room = max(offered, 0.1)
            let excess = demand / room - 1
            let spread = lanes[lane].randomSpread * (excess + 1) / room
            let perVehicle = period / 4 * ((excess * excess + spread).squareRoot() - abs(excess))
            random[lane] += perVehicle * min(demand, room)
        }
    }

    /// What some roads cost, vehicle-seconds: their delay, and by its weight the time that vehicles wait before them.
    func performanceIndex(onRoads numbers: [Int]) -> Double {
        numbers.reduce(delay(onRoads: numbers)) {
            $0 + roads[$1].overflowWeight * waitingOutside[$1] * stepLength
        }
    }

    /// Delay on some roads, vehicle-seconds.
    func delay(onRoads numbers: [Int]) -> Double {
        var sum = 0.0
        for road in numbers {
            sum += waitingOutside[road] * stepLength
            for lane in roads[road].lanes {
                sum += random[lane] * stepLength
                for stream in lanes[lane].streams {
                    sum += queueing[stream] * stepLength + stops[stream] * settings.lossPerStop
                }
            }
        }
        return sum
    }

    /// Vehicles before the entries, under way, in queues and inside junctions at the end of a run of the whole network.
    func remaining() -> Double {
        var sum = 0.0
        for road in 0..<roadCount {
            sum += backlog[road]
            for step in 0..<stepCount { sum += entered[road * stepCount + step] }
            for lane in roads[road].lanes {
                for stream in lanes[lane].streams { sum += queue[stream] + inside[stream] - arrivals[stream] }
            }
        }
        return sum
    }
}
