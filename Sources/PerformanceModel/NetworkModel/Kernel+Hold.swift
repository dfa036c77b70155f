/// What has come to a lane since all of its signals turned red.
struct HeldLane {
    /// Seconds since then.
    var steps = 0.0
    /// Vehicles that came.
    var arrived = 0.0
    /// Sum of ``arrived`` over the seconds.
    var waited = 0.0
    /// The lane could discharge in the second before, so that its signals' end has still to be dealt with.
    var wasOpen = true
}

extension Kernel {
    /// One more second of red for a whole lane: what comes is only counted, its streams are looked at when it ends.
    @inline(__always)
    func hold(_ lane: Int, _ arrived: Double) {
        held[lane].steps += 1
        held[lane].arrived += arrived
        held[lane].waited += held[lane].arrived
    }

    /// Gives the streams of a lane what has come to it during red.
    @inline(__always)
    func release(_ lane: Int, _ interval: Int) {
        let steps = held[lane].steps
        guard steps > 0 else { return }
        let (arrived, waited) = (held[lane].arrived, held[lane].waited)
        let share = laneShares[lane * intervalCount + interval]
        var waiting = 0.0
        for stream in lanes[lane].streams {
            let part = share > 0 ? shares[stream * intervalCount + interval] / share : 0
            queueing[stream] += queue[stream] * steps + waited * part
            queue[stream] += arrived * part
            arrivals[stream] += arrived * part
            stops[stream] += arrived * part
            waiting += queue[stream]
            freedom[stream] = 0
        }
        demandInInterval[lane] += arrived
        if waiting > longestQueue[lane] { longestQueue[lane] = waiting }
        held[lane].steps = 0
        held[lane].arrived = 0
        held[lane].waited = 0
    }
}
