extension BatchKernel {
    func clear() {
        rings.update(repeating: .zero, count: ringLength)
        rooms.update(repeating: BatchValues(repeating: 1), count: 2 * roadCount)
        leaving.update(repeating: .zero, count: 2 * streamCount)
        claims.update(repeating: .zero, count: 2 * streamCount)
        roadStates.update(repeating: RoadState(), count: roadCount)
        laneStates.update(repeating: LaneState(), count: laneCount)
        streamStates.update(repeating: StreamState(), count: streamCount)
        heldSteps.update(repeating: 0, count: laneCount)
        wasOpen.update(repeating: true, count: laneCount)
    }

    func beginInterval() {
        for lane in 0..<laneCount {
            var waiting = BatchValues.zero
            for stream in lanes[lane].firstStream..<lanes[lane].endStream { waiting += streamStates[stream].queue }
            laneStates[lane].demandInInterval = waiting
            laneStates[lane].capacityInInterval = .zero
            laneStates[lane].cameInRed = .zero
        }
    }

    /// Random delay of the interval, as in ``Kernel/endInterval(_:)``.
    func endInterval(_ cost: inout BatchValues) {
        let period = Double(stepsPerInterval)
        for lane in 0..<laneCount {
            for candidate in 0..<Self.width {
                let demand = Double(laneStates[lane].demandInInterval[candidate])
                let offered = Double(laneStates[lane].capacityInInterval[candidate])
                guard demand > 0 else { continue }
                let room = max(offered, 0.1)
                let excess = demand / room - 1
                let spread = lanes[lane].randomSpread * (excess + 1) / room
                let perVehicle = period / 4 * ((excess * excess + spread).squareRoot() - abs(excess))
                cost[candidate] += Float(perVehicle * min(demand, room))
            }
        }
    }
}
