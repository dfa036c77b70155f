extension HCM.QueueAccumulationPolygon {
    /// First-term back of queue Q1: how far back vehicles come to a stop in a cycle, vehicles.
    ///
    /// A vehicle stops fully when it would wait longer than a stop itself costs. Those that stop behind the same
    /// queue are counted together, until it clears or its service ends (HCM 2010, chapter 31).
    ///
    /// - Parameter stopDelay: Time that braking and accelerating cost, ``HCM/stopDelay(speedLimit:)``, s.
    public func backOfQueue(stopDelay: Double) -> Double {
        // Whoever queues in the second of three cycles came after the first began, and leaves before the third ends.
        let unrolled = pieces + pieces + pieces
        var arrivals = [Event(time: 0, number: 0)]
        var departures = [Event(time: 0, number: -(pieces.first?.queueBefore ?? 0))]
        for piece in unrolled {
            let time = arrivals[arrivals.count - 1].time + piece.duration
            let arrived = arrivals[arrivals.count - 1].number + piece.arrivals * piece.duration
            arrivals.append(Event(time: time, number: arrived))
            departures.append(Event(time: time, number: arrived - piece.queueAtEnd))
            if piece.leavingAtEnd > 0 { departures.append(Event(time: time, number: arrived - piece.queueAfter)) }
        }
        var back = 0.0
        var firstInQueue = departures[0].number
        for (number, piece) in unrolled.enumerated() where number < 2 * pieces.count {
            let next = unrolled[number + 1]
            let endsService = piece.isServed && !next.isServed
            guard piece.queueAfter == 0 || piece.leavingAtEnd > 0 || endsService else { continue }
            let arrived = arrivals[number + 1].number
            if number >= pieces.count {
                let stopped = Self.stopped(
                    from: firstInQueue, to: arrived, arrivals: arrivals, departures: departures, stopDelay: stopDelay)
                back = max(back, stopped)
            }
            firstInQueue = arrived - piece.queueAfter
        }
        return back
    }

    private struct Event {
        var time: Double
        /// Vehicles counted so far.
        var number: Double
    }

    /// Vehicles between two numbers that wait longer than the stop delay.
    private static func stopped(
        from first: Double, to last: Double, arrivals: [Event], departures: [Event], stopDelay: Double
    ) -> Double {
        let inside = (arrivals + departures).map(\.number).filter { $0 > first && $0 < last }
        let bounds = ([first, last] + inside).sorted()
        return zip(bounds, bounds.dropFirst()).reduce(0) { sum, bounds in
            let width = bounds.1 - bounds.0
            guard width > 0 else { return sum }
            // Between corners of both curves the wait is linear: two points inside give the line.
            let waits = [0.25, 0.75].map { share in
                let number = bounds.0 + share * width
                return time(of: number, in: departures) - time(of: number, in: arrivals)
            }
            let slope = (waits[1] - waits[0]) * 2
            // A wait of a rounding error is none.
            let start = waits[0] - slope / 4 - stopDelay - 1e-9
            let end = start + slope
            if start > 0 && end > 0 { return sum + width }
            if start <= 0 && end <= 0 { return sum }
            return sum + width * max(start, end) / abs(slope)
        }
    }

    private static func time(of number: Double, in events: [Event]) -> Double {
        guard let after = events.firstIndex(where: { $0.number >= number }) else {
            return events[events.count - 1].time
        }
        guard after > 0 else { return events[0].time }
        let (one, other) = (events[after - 1], events[after])
        return one.time + (other.time - one.time) * (number - one.number) / (other.number - one.number)
    }
}
