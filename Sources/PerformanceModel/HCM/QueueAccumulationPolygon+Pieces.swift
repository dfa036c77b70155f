extension HCM.QueueAccumulationPolygon {
    /// A part of the cycle in which arrivals and departures are constant.
    struct Piece: Sendable, Equatable {
        var interval: Int
        var duration: Double
        /// Arrivals, veh/s.
        var arrivals: Double
        /// Departures, veh/s.
        var departures: Double
        var isServed: Bool
        var queueBefore: Double
        var queueAtEnd: Double
        /// Vehicles that leave at once at the end.
        var leavingAtEnd = 0.0

        var queueAfter: Double { queueAtEnd - leavingAtEnd }
        var isClearing: Bool { queueBefore > 0 && queueAtEnd == 0 }
    }

    /// Less than this many vehicles is a rounding error.
    private static let nothing = 1e-9

    static func pieces(_ intervals: [Interval], share: Double, queue start: Double) -> [Piece] {
        var pieces: [Piece] = []
        var queue = start
        for (number, interval) in intervals.enumerated() {
            let arrivals = interval.arrivalFlowPerHour * share / 3600
            let service = interval.serviceFlowPerHour / 3600
            let isServed = service > 0 && interval.duration > 0
            var rest = interval.duration
            if queue > 0 {
                let shrinking = service - arrivals
                // Within a rounding error of the end, the queue clears at the end.
                let isCleared = shrinking > 0 && queue <= shrinking * rest + nothing
                let duration = isCleared ? min(rest, queue / shrinking) : rest
                let end = isCleared ? 0 : queue - shrinking * duration
                pieces.append(
                    Piece(
                        interval: number, duration: duration, arrivals: arrivals, departures: service,
                        isServed: isServed, queueBefore: queue, queueAtEnd: end))
                queue = end
                rest -= duration
            }
            if rest > 0 || pieces.last?.interval != number {
                let departures = min(service, arrivals)
                let end = queue + (arrivals - departures) * rest
                // A queue above zero has used up the interval: this is the rest after it has cleared.
                pieces.append(
                    Piece(
                        interval: number, duration: rest, arrivals: arrivals, departures: departures,
                        isServed: isServed, queueBefore: queue, queueAtEnd: end))
                queue = end
            }
            if interval.vehiclesAtEnd > 0 {
                let last = pieces.count - 1
                let left = queue - interval.vehiclesAtEnd
                pieces[last].leavingAtEnd = left > nothing ? interval.vehiclesAtEnd : queue
                queue = pieces[last].queueAfter
            }
        }
        return pieces
    }
}
