import PerformanceModel

extension Arterial {
    /// The widest bands that a timing has: what the greens of all signals have in common, seen by who drives along.
    ///
    /// - Parameter queues: How queues are dealt with, as in the search that the timing came from.
    /// - Precondition: The timing is of this arterial.
    public func bands(
        under timing: BandTiming, queues: MaxBand.QueueTreatment = .bandAdvances
    ) -> (outbound: GreenBand, inbound: GreenBand?) {
        let ahead = Array(signals.indices)
        let outward = width(
            ahead, times: zip(outbound, timing.outboundSpeeds).map { $0.length / $1 }, of: \.outbound,
            clearance: \.outboundQueueClearance, under: timing, queues: queues)
        guard let inbound, let speeds = timing.inboundSpeeds else {
            return (GreenBand(width: outward, cycleTime: timing.cycle), nil)
        }
        let back = width(
            ahead.reversed(), times: zip(inbound, speeds).map { $0.length / $1 }.reversed(), of: \.inbound,
            clearance: \.inboundQueueClearance, under: timing, queues: queues)
        return (
            GreenBand(width: outward, cycleTime: timing.cycle), GreenBand(width: back, cycleTime: timing.cycle)
        )
    }

    private func width(
        _ order: [Int], times: [Double], of side: KeyPath<ArterialSignal.Pattern, ArterialSignal.Green>,
        clearance: KeyPath<ArterialSignal, Double>, under timing: BandTiming, queues: MaxBand.QueueTreatment
    ) -> Double {
        let cycle = timing.cycle
        var elapsed = 0.0
        var greens: [(start: Double, length: Double)] = []
        for (position, signal) in order.enumerated() {
            let green = signals[signal].patterns[timing.patterns[signal]][keyPath: side]
            var start = timing.offsets[signal] + green.start * cycle
            var length = green.length * cycle
            if position > 0 {
                elapsed += times[position - 1]
                let clearance = signals[signal][keyPath: clearance]
                switch queues {
                case .bandAdvances: elapsed -= clearance
                case .bandWaits:
                    start += clearance
                    length -= clearance
                }
            }
            greens.append((start - elapsed, length))
        }
        // The widest common part begins where one of the greens does.
        return greens.map { first in
            greens.map { green in
                guard green.length < cycle else { return cycle }
                let shift = first.start - green.start
                return green.length - (shift - (shift / cycle + 1e-9).rounded(.down) * cycle)
            }.min() ?? 0
        }.reduce(0) { max($0, $1) }
    }
}
