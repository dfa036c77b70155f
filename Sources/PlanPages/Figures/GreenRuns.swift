import SignalModel

/// Times that repeat with a cycle: spans within it, apart and in order.
struct GreenRuns: Equatable {
    /// Cycle, s.
    let cycle: Double
    /// Spans from start to end within the cycle, s; what runs over its end is two of them.
    private(set) var spans: [ClosedRange<Double>]

    /// Takes times that start anywhere.
    init(_ times: [(start: Double, length: Double)], cycle: Double) {
        self.cycle = cycle
        spans = []
        for time in times where time.length > 0 {
            guard time.length < cycle else {
                spans = [0...cycle]
                return
            }
            let start = time.start - (time.start / cycle).rounded(.down) * cycle
            spans.append(start...min(cycle, start + time.length))
            if start + time.length > cycle { spans.append(0...(start + time.length - cycle)) }
        }
        spans.sort { $0.lowerBound < $1.lowerBound }
    }

    /// The same times, later by some seconds.
    func later(by seconds: Double) -> GreenRuns {
        GreenRuns(spans.map { ($0.lowerBound + seconds, $0.upperBound - $0.lowerBound) }, cycle: cycle)
    }

    /// What two have in common.
    func intersection(_ other: GreenRuns) -> GreenRuns {
        var common: [(start: Double, length: Double)] = []
        for one in spans {
            for two in other.spans {
                let start = max(one.lowerBound, two.lowerBound)
                let end = min(one.upperBound, two.upperBound)
                if end - start > 1e-9 { common.append((start, end - start)) }
            }
        }
        return GreenRuns(common, cycle: cycle)
    }

    /// The longest of the times, with what meets over the end of the cycle as one; nil where there is none.
    var longest: (start: Double, length: Double)? {
        var runs = spans.map { (start: $0.lowerBound, length: $0.upperBound - $0.lowerBound) }
        var joined: [(start: Double, length: Double)] = []
        for run in runs {
            if let last = joined.last, run.start <= last.start + last.length + 1e-9 {
                joined[joined.count - 1].length = max(last.length, run.start + run.length - last.start)
            } else {
                joined.append(run)
            }
        }
        runs = joined
        if runs.count > 1, let last = runs.last, last.start + last.length >= cycle - 1e-9, runs[0].start <= 1e-9 {
            runs[0] = (last.start, last.length + runs[0].length)
            runs.removeLast()
        }
        return runs.max { ($0.length, $1.start) < ($1.length, $0.start) }
    }
}
