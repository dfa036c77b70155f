import SignalModel

/// When each signal group of the network is effectively green: the share of each second of the analysis period.
public final class GreenTable: @unchecked Sendable {
    let model: NetworkModel
    let shares: UnsafeMutablePointer<Double>
    /// Signs of the groups that are green at all, by junction and second.
    let signs: UnsafeMutablePointer<UInt64>
    private let arena = Arena()
    private let lags: [(start: Double, end: Double)]

    /// Makes a table in which every group is red.
    public init(model: NetworkModel) {
        self.model = model
        shares = arena.array(model.groups.count * model.stepCount, of: 0)
        signs = arena.array(model.junctionCount * model.stepCount, of: 0)
        var sums = Array(repeating: (start: 0.0, end: 0.0, count: 0.0), count: model.groups.count)
        for stream in model.streams {
            guard let group = stream.group else { continue }
            sums[group].start += stream.startLag
            sums[group].end += stream.endGain
            sums[group].count += 1
        }
        lags = sums.map { $0.count > 0 ? ($0.start / $0.count, $0.end / $0.count) : (0, 0) }
    }

    /// Writes the timing of one junction into the table.
    ///
    /// - Precondition: The plan is for the junction and has greens for its groups.
    public func set(_ plan: JunctionPlan, at junction: Int) {
        let first = model.firstGroup[junction]
        for entry in plan.greens {
            guard let number = model.rules[junction].indexOfGroup[entry.group] else { continue }
            (shares + (first + number) * model.stepCount).update(repeating: 0, count: model.stepCount)
        }
        visitGreens(of: plan, at: junction) { group, start, end in
            add(from: start, to: end, row: shares + (first + group) * model.stepCount)
        }
        setSigns(at: junction)
    }

    /// Writes greens that one junction showed, or is to show, into the table, whatever plans they are of.
    ///
    /// - Parameters:
    ///   - greens: By group in the junction's order: start and end of each green, s of network time, one after another.
    ///   - junction: Position of the junction in the network.
    /// - Precondition: Greens for every group.
    public func set(greens: [[Range<Double>]], at junction: Int) {
        let first = model.firstGroup[junction]
        precondition(greens.count == model.rules[junction].groupCount, "greens for every group")
        for (number, own) in greens.enumerated() {
            let row = shares + (first + number) * model.stepCount
            let lag = lags[first + number]
            row.update(repeating: 0, count: model.stepCount)
            for green in own {
                let start = (green.lowerBound + lag.start - model.flows.start) / model.stepLength
                let end = (green.upperBound + lag.end - model.flows.start) / model.stepLength
                add(from: start, to: end, row: row)
            }
        }
        setSigns(at: junction)
    }

    private func setSigns(at junction: Int) {
        let signRow = signs + junction * model.stepCount
        signRow.update(repeating: 0, count: model.stepCount)
        for number in 0..<model.rules[junction].groupCount {
            let row = shares + (model.firstGroup[junction] + number) * model.stepCount
            let sign = KernelLayout.Signs.of(group: number)
            for step in 0..<model.stepCount where row[step] > 0 { signRow[step] |= sign }
        }
    }

    /// Calls `body` with every effective green of a timing in the analysis period: the number of the group in the
    /// junction, start and end, steps from the start of the period; they may begin before it and end after it.
    func visitGreens(of plan: JunctionPlan, at junction: Int, _ body: (Int, Double, Double) -> Void) {
        let rules = model.rules[junction]
        let origin = plan.cycleStart
        for entry in plan.greens {
            guard let number = rules.indexOfGroup[entry.group] else { continue }
            let lag = lags[model.firstGroup[junction] + number]
            for interval in entry.intervals {
                guard interval.duration < plan.cycle else {
                    body(number, 0, Double(model.stepCount))
                    continue
                }
                var start = origin + interval.start - model.flows.start + lag.start
                start -= (start / plan.cycle).rounded(.up) * plan.cycle
                let length = max(0, min(interval.duration - lag.start + lag.end, plan.cycle))
                while start < model.flows.duration {
                    body(number, start / model.stepLength, (start + length) / model.stepLength)
                    start += plan.cycle
                }
            }
        }
    }

    /// Takes over all greens of another table.
    public func copy(from other: GreenTable) {
        shares.update(from: other.shares, count: model.groups.count * model.stepCount)
        signs.update(from: other.signs, count: model.junctionCount * model.stepCount)
    }

    private func add(from start: Double, to end: Double, row: UnsafeMutablePointer<Double>) {
        let begin = max(0, start)
        let finish = min(Double(model.stepCount), end)
        guard begin < finish else { return }
        let first = Int(begin)
        let last = min(Int(finish), model.stepCount - 1)
        if first == last {
            row[first] = min(1, row[first] + finish - begin)
            return
        }
        row[first] = min(1, row[first] + Double(first + 1) - begin)
        if last > first + 1 { (row + first + 1).update(repeating: 1, count: last - first - 1) }
        row[last] = min(1, row[last] + finish - Double(last))
    }
}
