extension BatchKernel {
    /// Serves the queue of one lane for one second: streams share it, give way, and can be blocked by a full road.
    @inline(__always)
    func discharge(
        _ lane: Int, _ arriving: BatchValues, _ step: Int, _ now: Interval, _ cost: inout BatchValues
    ) {
        let first = lanes[lane].firstStream
        let end = lanes[lane].endStream
        var openShare = BatchValues.zero
        var closedShare = BatchValues.zero
        var service = BatchValues.zero
        var hasChanged = BatchMask(repeating: false)
        var stopping = BatchValues.zero
        var demand = laneStates[lane].demandInInterval
        let isShared = end - first > 1
        var stream = first
        while stream < end {
            let share = now.shares[stream]
            let headway = streams[stream].headway
            let arrived = arriving * share
            let state = streamStates + stream
            stopping += arrived.only(where: (state.pointee.queue .> 0.5) .| (state.pointee.freedom .== 0))
            if streams[stream].isWatched { state.pointee.stood = state.pointee.queue .> 0 }
            state.pointee.queue += arrived
            demand += arrived
            let free = freedom(of: stream, step, now)
            state.pointee.freedom = free
            var weight = BatchValues(repeating: share)
            if share <= 0 {
                weight = BatchValues.zero.replacing(with: 1e-3, where: state.pointee.queue .> 1e-9)
            }
            let isOpen = free .> 1e-3
            openShare += weight.only(where: isOpen)
            stream += 1
            guard isShared else { continue }
            closedShare += weight.only(where: .!isOpen)
            service += (weight * headway / free).only(where: isOpen)
            // Closed before or now, but not both.
            hasChanged = hasChanged .| (state.pointee.isClosed .& isOpen) .| .!(state.pointee.isClosed .| isOpen)
        }
        laneStates[lane].demandInInterval = demand
        if lanes[lane].countsRed {
            var isGreen = BatchMask(repeating: false)
            for stream in first..<end { isGreen = isGreen .| (green(of: stream, step) .> 0) }
            let came = laneStates[lane].cameInRed + arriving * now.laneShares[lane]
            laneStates[lane].cameInRed = came.only(where: laneStates[lane].wasRed .& .!isGreen)
            laneStates[lane].wasRed = .!isGreen
        }
        var rate = BatchValues.zero
        var isBlocked = BatchMask(repeating: false)
        var closedPart = BatchValues.zero
        if !isShared {
            rate = (streams[first].saturation * streamStates[first].freedom).only(where: openShare .> 0)
        } else {
            rate = (openShare / service).only(where: openShare .> 0)
            let isPartlyClosed = closedShare .>= 1e-3 * openShare
            if isPartlyClosed.holdsForSome {
                isBlocked = isPartlyClosed .& (openShare .> 0)
                closedPart = closedShare / (openShare + closedShare)
                laneStates[lane].blockedHead = laneStates[lane].blockedHead.only(where: isPartlyClosed)
                let changes = isBlocked .& hasChanged
                if changes.holdsForSome { changeClosedStreams(lane, closedPart: closedPart, where: changes, now) }
                clearClosedStreams(lane, where: .!isPartlyClosed)
                rate *= (1 - laneStates[lane].blockedHead).replacing(with: 1, where: .!isBlocked)
            } else {
                laneStates[lane].blockedHead = .zero
                clearClosedStreams(lane, where: BatchMask(repeating: true))
            }
        }
        if isShared {
            laneStates[lane].capacityInInterval += rate
        } else if step >= lanes[lane].reachedFrom {
            laneStates[lane].capacityInInterval += streamStates[first].offered
        }
        var waiting = BatchValues.zero
        let served = serve(lane, rate: rate, step, &waiting)
        rings[lanes[lane].departures + step & lanes[lane].departuresMask] = served
        for stream in first..<end where streams[stream].isWatched {
            let flows = (streamStates[stream].freedom .> 0) .& .!streamStates[stream].stood
            claim(stream, leaving[2 * stream + step & 1], flows: flows, step)
        }
        let attempting = isBlocked .& (served .> 0)
        if isShared, attempting.holdsForSome {
            // Every vehicle that leaves brings another to the head, which may be one that cannot go.
            let headIsFree = 1 - laneStates[lane].blockedHead
            let attempts = (served / headIsFree.greatest(BatchValues(repeating: 1e-6))).least(BatchValues(repeating: 1))
            laneStates[lane].blockedHead.replace(
                with: 1 - headIsFree * (1 - closedPart * attempts), where: attempting)
        }
        cost += waiting + stopping * lossPerStop
    }

    /// The streams that cannot go have changed: the head may now be free, or a free head may be blocked.
    private func changeClosedStreams(
        _ lane: Int, closedPart: BatchValues, where changes: BatchMask, _ now: Interval
    ) {
        var still = BatchValues.zero
        var all = BatchValues.zero
        for stream in lanes[lane].firstStream..<lanes[lane].endStream {
            let state = streamStates + stream
            let before = BatchValues(repeating: now.shares[stream]).only(where: state.pointee.isClosed)
            let isClosed = .!(state.pointee.freedom .> 1e-3)
            all += before
            still += before.only(where: isClosed)
            state.pointee.isClosed.replace(with: isClosed, where: changes)
        }
        let remains = (laneStates[lane].blockedHead * still / all).only(where: all .> 0)
        laneStates[lane].blockedHead.replace(with: 1 - (1 - remains) * (1 - closedPart), where: changes)
    }

    /// No stream keeps others from going.
    @inline(__always)
    private func clearClosedStreams(_ lane: Int, where isOpen: BatchMask) {
        var stream = lanes[lane].firstStream
        while stream < lanes[lane].endStream {
            streamStates[stream].isClosed = streamStates[stream].isClosed .& .!isOpen
            stream += 1
        }
    }

    /// Share of this second in which the head of a stream could leave its lane; sets what one that gives way offers.
    @inline(__always)
    private func freedom(
        of stream: Int, _ step: Int, _ now: Interval
    ) -> BatchValues {
        let layout = streams + stream
        let state = streamStates + stream
        var go = green(of: stream, step)
        guard layout.pointee.givesWay else { return room(behind: stream, step, of: go) }
        state.pointee.throughGap = BatchValues(repeating: .infinity)
        let isRed = go .== 0
        let isGreen = .!isRed
        var leaves = BatchValues.zero
        var cleared = BatchValues.zero
        if layout.pointee.turnsOnRed {
            go.replace(with: 1, where: isRed)
        } else if isRed.holdsForSome {
            leaves = clearJunction(stream, where: isRed)
            cleared = state.pointee.clearing.only(where: isRed)
            state.pointee.clearing = state.pointee.clearing.only(where: isGreen)
        }
        var offered = layout.pointee.saturation * go
        if step > 0, layout.pointee.turnsOnRed || isGreen.holdsForSome {
            let gapShare = self.gapShare(of: stream, isRed: isRed, step, now)
            let gap = gapShare * go
            // Those inside the junction take the gaps first; the lane is free while there is room behind them.
            offered = layout.pointee.saturation * gap
            let through = state.pointee.inside.least(offered).only(where: isGreen)
            let inside = state.pointee.inside - through
            state.pointee.inside = inside
            leaves += through
            let rest = offered - through
            state.pointee.throughGap.replace(with: rest, where: isGreen)
            let waitingInside = layout.pointee.waitingInside * (1 - gapShare)
            state.pointee.clearing.replace(with: waitingInside, where: isGreen)
            let place = (waitingInside - inside).greatest(.zero)
            go = gap.replacing(with: go.least((rest + place) * layout.pointee.headway), where: isGreen)
        }
        leaving[2 * stream + step & 1] = leaves
        state.pointee.offered = room(behind: stream, step, of: offered) + cleared
        return room(behind: stream, step, of: go)
    }

    /// Share of the saturation flow of a stream that finds a gap.
    @inline(__always)
    private func gapShare(
        of stream: Int, isRed: BatchMask, _ step: Int, _ now: Interval
    ) -> BatchValues {
        let layout = streams + stream
        var against = BatchValues.zero
        if !layout.pointee.turnsOnRed || (.!isRed).holdsForSome {
            against = flow(ofFoes: layout.pointee.firstPriority, layout.pointee.endPriority, step, now)
        }
        if layout.pointee.turnsOnRed, isRed.holdsForSome {
            against.replace(
                with: flow(ofFoes: layout.pointee.firstCrossing, layout.pointee.endCrossing, step, now), where: isRed)
        }
        against += now.unfollowed[stream]
        let table = gapShares + layout.pointee.gaps
        var result = BatchValues(repeating: table[0])
        guard (against .> 0).holdsForSome else { return result }
        let entries = KernelLayout.gapEntries(against)
        for candidate in 0..<Self.width { result[candidate] = table[Int(entries[candidate])] }
        return result
    }

    /// Flow of some streams, vehicles per step.
    @inline(__always)
    private func flow(ofFoes first: Int, _ end: Int, _ step: Int, _ now: Interval) -> BatchValues {
        var against = BatchValues.zero
        var number = first
        while number < end {
            let foe = foes[number].source
            let weight = foes[number].weight
            number += 1
            if foe.isRecorded {
                against += weight * recordedClaims[foe.number * stepCount + step]
                continue
            }
            let flow = claims[2 * foe.number + (step + 1) & 1]
            if streams[foe.number].junction < 0 {
                // Who has the right of way without a signal and waits before a full road stands in the way.
                against += weight * flow.greatest(flowOfQueue(foe.number, now))
                continue
            }
            against += weight * (mayStart(foe.number, step) ? flow.greatest(starting(foe.number, step, now)) : flow)
        }
        return against
    }

    /// What a stream claims from those who give way to it, as in ``Kernel/claim(_:_:flows:)``.
    @inline(__always)
    func claim(_ stream: Int, _ leaves: BatchValues, flows: BatchMask, _ step: Int) {
        let before = streamStates[stream].freeFlow
        let next = before + claimSmoothing * (leaves - before)
        let mean = next.only(where: next .>= 1e-9)
        streamStates[stream].freeFlow = before.replacing(with: mean, where: flows)
        claims[2 * stream + step & 1] = leaves.replacing(with: mean, where: flows)
    }

    /// Whether a stream that was red for some candidate two seconds ago is about to be green for some candidate.
    @inline(__always)
    private func mayStart(_ stream: Int, _ step: Int) -> Bool {
        let layout = streams + stream
        let row = layout.pointee.junction * stepCount
        guard greens.openForAll[row + max(0, step - 2)] & layout.pointee.sign == 0 else { return false }
        let later = min(step + startSteps, stepCount - 1)
        return greens.openForSome[row + later] & layout.pointee.sign != 0
    }

    /// Flow of a queue that has just got green, in the last second or in this: it has the right of way already, vehicles per step.
    @inline(__always)
    private func starting(_ stream: Int, _ step: Int, _ now: Interval) -> BatchValues {
        let begins =
            (green(of: stream, max(0, step - 2)) .== 0) .& (green(of: stream, step - 1) .< 1)
            .& (green(of: stream, min(step + startSteps, stepCount - 1)) .> 0)
        return flowOfQueue(stream, now).only(where: begins)
    }

    /// Flow at which a queue would leave, vehicles per step.
    @inline(__always)
    private func flowOfQueue(_ stream: Int, _ now: Interval) -> BatchValues {
        let lane = streams[stream].lane
        // Like the scalar kernel, which lets all that came to the lane in red count for each of its streams.
        var queue = streamStates[stream].queue + laneStates[lane].heldArrived
        if lanes[lane].countsRed, now.laneShares[lane] > 0 {
            let others = 1 - now.shares[stream] / now.laneShares[lane]
            queue += (laneStates[lane].cameInRed - laneStates[lane].heldArrived) * others
        }
        return streams[stream].saturation * queue.least(BatchValues(repeating: 1))
    }

    /// At the end of green, those inside the junction leave.
    @inline(__always)
    private func clearJunction(_ stream: Int, where isRed: BatchMask) -> BatchValues {
        let state = streamStates + stream
        let leaves = state.pointee.inside.only(where: isRed)
        state.pointee.inside -= leaves
        return leaves
    }

    /// Lets vehicles leave a lane at a rate, in the mix in which they wait; returns how many left, and adds up who waits.
    @inline(__always)
    private func serve(_ lane: Int, rate: BatchValues, _ step: Int, _ waiting: inout BatchValues) -> BatchValues {
        let end = lanes[lane].endStream
        var openQueue = BatchValues.zero
        var stream = lanes[lane].firstStream
        while stream < end {
            openQueue += streamStates[stream].queue.only(where: streamStates[stream].freedom .> 1e-3)
            stream += 1
        }
        let part = (rate / openQueue).least(BatchValues(repeating: 1)).only(where: openQueue .> 0)
        stream = lanes[lane].firstStream
        while stream < end {
            let state = streamStates + stream
            let leaves = (state.pointee.queue * part).only(where: state.pointee.freedom .> 1e-3)
            let queue = state.pointee.queue - leaves
            state.pointee.queue = queue
            waiting += queue
            if streams[stream].givesWay {
                let through = leaves.least(state.pointee.throughGap)
                let inside = state.pointee.inside + leaves - through
                state.pointee.inside = inside
                waiting += inside
                pass(stream, leaving[2 * stream + step & 1] + through, step)
            } else {
                pass(stream, leaves, step)
            }
            stream += 1
        }
        return openQueue * part
    }
}
