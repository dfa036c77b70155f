extension Kernel {
    /// Serves the queue of one lane for one second: streams share it, give way, and can be blocked by a full road.
    @inline(__always)
    func discharge(
        _ lane: Int, _ arriving: Double, _ step: Int, _ interval: Int, _ greens: UnsafeMutablePointer<Double>
    ) {
        let members = lanes[lane].streams
        var waiting = 0.0
        var openShare = 0.0
        var closedShare = 0.0
        var service = 0.0
        var closed = 0
        var standing = 0
        for stream in members {
            let share = shares[stream * intervalCount + interval]
            let arrived = arriving * share
            if queue[stream] > 0 { standing |= 1 << (stream - members.lowerBound) }
            if queue[stream] > 0.5 || freedom[stream] == 0 { stops[stream] += arrived }
            queue[stream] += arrived
            arrivals[stream] += arrived
            demandInInterval[lane] += arrived
            waiting += queue[stream]
            let free = freedom(of: stream, lane, step, interval, greens)
            freedom[stream] = free
            if step >= lanes[lane].reachedFrom { couldLeave[stream] += offered[stream] }
            let weight = share > 0 ? share : (queue[stream] > 1e-9 ? 1e-3 : 0)
            if free > 1e-3 {
                openShare += weight
                service += weight / (streams[stream].saturation * free)
            } else {
                closedShare += weight
                closed |= 1 << (stream - members.lowerBound)
            }
        }
        var rate = openShare > 0 ? openShare / service : 0
        let isPartlyClosed = closedShare >= 1e-3 * openShare
        if !isPartlyClosed {
            blockedHead[lane] = 0
            closedStreams[lane] = 0
        } else if openShare > 0 {
            if closedStreams[lane] != closed {
                changeClosedStreams(lane, to: closed, closedShare: closedShare / (openShare + closedShare), interval)
            }
            rate *= 1 - blockedHead[lane]
        }
        if members.count > 1 {
            capacityInInterval[lane] += rate
        } else if step >= lanes[lane].reachedFrom {
            // Before anybody came there was nobody to give way to either: what was offered then says nothing.
            capacityInInterval[lane] += offered[members.lowerBound]
        }
        let served = serve(lane, rate: rate, step)
        for stream in members where streams[stream].claim >= 0 {
            let stood = standing & (1 << (stream - members.lowerBound)) != 0
            claim(stream, step, flows: freedom[stream] > 0 && !stood)
        }
        if isPartlyClosed, openShare > 0, served > 0 {
            // Every vehicle that leaves brings another to the head, which may be one that cannot go.
            let headIsFree = 1 - blockedHead[lane]
            let attempts = min(1, served / max(headIsFree, 1e-6))
            blockedHead[lane] = 1 - headIsFree * (1 - closedShare / (openShare + closedShare) * attempts)
        }
        if waiting > longestQueue[lane] { longestQueue[lane] = waiting }
    }

    /// The streams that cannot go have changed: the head may now be free, or a free head may be blocked.
    private func changeClosedStreams(_ lane: Int, to closed: Int, closedShare: Double, _ interval: Int) {
        let before = closedStreams[lane]
        let first = lanes[lane].streams.lowerBound
        var still = 0.0
        var all = 0.0
        for stream in lanes[lane].streams where before & (1 << (stream - first)) != 0 {
            let share = shares[stream * intervalCount + interval]
            all += share
            if closed & (1 << (stream - first)) != 0 { still += share }
        }
        let remains = all > 0 ? blockedHead[lane] * still / all : 0
        blockedHead[lane] = 1 - (1 - remains) * (1 - closedShare)
        closedStreams[lane] = closed
    }

    /// Share of this second in which the head of a stream could leave its lane; sets what the stream offers.
    ///
    /// The place inside the junction is free for a head second after second, yet it serves no more than those who clear it
    /// at the end of green: they are offered then.
    @inline(__always)
    private func freedom(
        of stream: Int, _ lane: Int, _ step: Int, _ interval: Int, _ greens: UnsafeMutablePointer<Double>
    ) -> Double {
        throughGap[stream] = .infinity
        let group = streams[stream].group
        var go = group < 0 ? 1 : greens[group * stepCount + step]
        let onRed = go == 0 && streams[stream].turnsOnRed
        if onRed { go = 1 }
        guard go > 0 else {
            clearJunction(stream, step)
            offered[stream] = clearing[stream]
            clearing[stream] = 0
            return 0
        }
        offered[stream] = streams[stream].saturation * go
        let priority = onRed ? streams[stream].crossing : streams[stream].priority
        if streams[stream].givesWay, step > 0 {
            var against = unfollowed[stream * intervalCount + interval]
            for number in priority {
                let foe = foes[number].stream
                let claimed = claims[streams[foe].claim * stepCount + step - 1]
                // Who has the right of way without a signal and waits before a full road stands in the way.
                let standing = streams[foe].group < 0 ? flowOfQueue(foe) : starting(foe, step, greens)
                against += foes[number].weight * max(claimed, standing)
            }
            let entry = KernelLayout.gapEntry(against)
            let gapShare = gapShares[stream * KernelLayout.gapSteps + entry]
            let gap = gapShare * go
            offered[stream] = streams[stream].saturation * gap
            if onRed {
                go = gap
            } else {
                // Those inside the junction take the gaps first; the lane is free while there is room behind them.
                let usable = offered[stream]
                let leaves = min(inside[stream], usable)
                inside[stream] -= leaves
                if leaves > 0 { pass(stream, leaves, step) }
                throughGap[stream] = usable - leaves
                clearing[stream] = streams[stream].waitingInside * (1 - gapShare)
                let place = max(0, clearing[stream] - inside[stream])
                go = min(go, (usable - leaves + place) / streams[stream].saturation)
            }
        }
        if step > 0 {
            for target in streams[stream].targets where targets[target].isAdjacent {
                let room = min(1, room[targets[target].road * stepCount + step - 1])
                go *= room
                offered[stream] *= room
            }
        }
        return go
    }

    /// What a stream claims from those who give way to it: what leaves its queue, or, behind the queue, the mean of what comes.
    ///
    /// A gap is seconds long: who looks for one between two platoons meets the tail of the one or the head of the other, so that
    /// the mean counts and not the trough.
    @inline(__always)
    func claim(_ stream: Int, _ step: Int, flows: Bool) {
        let leaving = departures[stream * stepCount + step]
        let place = streams[stream].claim * stepCount + step
        guard flows else {
            claims[place] = leaving
            return
        }
        let mean = freeFlow[stream] + claimSmoothing * (leaving - freeFlow[stream])
        freeFlow[stream] = mean < 1e-9 ? 0 : mean
        claims[place] = freeFlow[stream]
    }

    /// Flow of a queue that has just got green, in the last second or in this: it has the right of way already, vehicles per step.
    @inline(__always)
    private func starting(_ stream: Int, _ step: Int, _ greens: UnsafeMutablePointer<Double>) -> Double {
        let row = greens + streams[stream].group * stepCount
        let begins =
            row[max(0, step - 2)] == 0 && row[step - 1] < 1 && row[min(step + startSteps, stepCount - 1)] > 0
        return begins ? flowOfQueue(stream) : 0
    }

    /// Flow at which a queue would leave, vehicles per step.
    @inline(__always)
    private func flowOfQueue(_ stream: Int) -> Double {
        streams[stream].saturation * min(1, queue[stream] + held[streams[stream].lane].arrived)
    }

    /// At the end of green, those inside the junction leave.
    @inline(__always)
    private func clearJunction(_ stream: Int, _ step: Int) {
        guard inside[stream] > 0 else { return }
        pass(stream, inside[stream], step)
        inside[stream] = 0
    }

    /// Lets vehicles leave a lane at a rate, in the mix in which they wait; returns how many left.
    @inline(__always)
    private func serve(_ lane: Int, rate: Double, _ step: Int) -> Double {
        var openQueue = 0.0
        for stream in lanes[lane].streams where freedom[stream] > 1e-3 { openQueue += queue[stream] }
        let part = openQueue > 0 ? min(1, rate / openQueue) : 0
        for stream in lanes[lane].streams {
            if part > 0, freedom[stream] > 1e-3 {
                let leaves = queue[stream] * part
                queue[stream] -= leaves
                let through = min(leaves, throughGap[stream])
                inside[stream] += leaves - through
                if through > 0 { pass(stream, through, step) }
            }
            queueing[stream] += queue[stream] + inside[stream]
        }
        laneDepartures[lane * stepCount + step] += openQueue * part
        return openQueue * part
    }
}
