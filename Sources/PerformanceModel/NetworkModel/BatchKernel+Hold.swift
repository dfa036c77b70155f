extension BatchKernel {
    /// One more second of red for a whole lane and all candidates: what comes is only counted, its streams are looked at
    /// when it ends.
    @inline(__always)
    func hold(_ lane: Int, _ arrived: BatchValues, _ step: Int) {
        let state = laneStates + lane
        heldSteps[lane] += 1
        state.pointee.heldArrived += arrived
        state.pointee.heldWaited += state.pointee.heldArrived
        state.pointee.cameInRed += arrived
        rings[lanes[lane].departures + step & lanes[lane].departuresMask] = .zero
        var stream = lanes[lane].firstStream
        while stream < lanes[lane].endStream {
            leaving[2 * stream + step & 1] = .zero
            claims[2 * stream + step & 1] = .zero
            stream += 1
        }
    }

    /// Gives the streams of a lane what has come to it during red.
    @inline(__always)
    func release(
        _ lane: Int, _ now: Interval, _ cost: inout BatchValues
    ) {
        let state = laneStates + lane
        let steps = heldSteps[lane]
        guard steps > 0 else { return }
        let share = now.laneShares[lane]
        for stream in lanes[lane].firstStream..<lanes[lane].endStream {
            let part = share > 0 ? now.shares[stream] / share : 0
            let arrived = state.pointee.heldArrived * part
            cost += streamStates[stream].queue * steps + state.pointee.heldWaited * part
            cost += arrived * lossPerStop
            streamStates[stream].queue += arrived
            streamStates[stream].freedom = .zero
        }
        state.pointee.demandInInterval += state.pointee.heldArrived
        heldSteps[lane] = 0
        state.pointee.heldArrived = .zero
        state.pointee.heldWaited = .zero
    }
}
