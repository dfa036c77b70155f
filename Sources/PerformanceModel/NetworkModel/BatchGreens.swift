import SignalModel

/// When the groups of a region are effectively green: for each candidate at the junction that is searched, once for all
/// candidates at the others.
struct BatchGreens {
    /// Share of each second that is green, by second and then group, of the junction that is searched.
    let searched: UnsafeMutablePointer<BatchValues>
    /// The same of all junctions of the region (see ``BatchLayout/firstGreen``).
    let recorded: UnsafeMutablePointer<Float>
    /// Signs of the groups that are green at all for some candidate, by junction of the region and second.
    let openForSome: UnsafeMutablePointer<UInt64>
    /// Signs of the groups that are green at all for every candidate; none where groups share signs.
    let openForAll: UnsafeMutablePointer<UInt64>
    private let signsOfOne: UnsafeMutablePointer<UInt64>
    private let table: GreenTable
    private let junction: Int
    private let groupCount: Int
    private let stepCount: Int
    private let startSteps: Int

    /// Takes the greens of a region from a table.
    init(layout: BatchLayout, table: GreenTable, arena: Arena) {
        let model = table.model
        let stepCount = model.stepCount
        self.table = table
        self.stepCount = stepCount
        startSteps = model.layout.startSteps
        junction = layout.junctions[0]
        groupCount = model.rules[junction].groupCount
        searched = arena.array(groupCount * stepCount, of: .zero)
        let last = layout.junctions.count - 1
        recorded = arena.array(
            layout.firstGreen[last] + model.rules[layout.junctions[last]].groupCount * stepCount, of: 0)
        openForSome = arena.array(layout.junctions.count * stepCount, of: 0)
        openForAll = arena.array(layout.junctions.count * stepCount, of: 0)
        signsOfOne = arena.array(stepCount, of: 0)
        for (position, number) in layout.junctions.enumerated() {
            let count = model.rules[number].groupCount
            for group in 0..<count {
                let row = table.shares + (model.firstGroup[number] + group) * stepCount
                let first = recorded + layout.firstGreen[position] + group
                for step in 0..<stepCount { first[step * count] = Float(row[step]) }
            }
            let signs = table.signs + number * stepCount
            (openForSome + position * stepCount).update(from: signs, count: stepCount)
            if count <= UInt64.bitWidth { (openForAll + position * stepCount).update(from: signs, count: stepCount) }
        }
    }

    /// Writes the timings of the candidates for some seconds, the two before, and as many after them as are looked ahead.
    ///
    /// - Precondition: There are as many timings as a batch holds.
    func set(_ timings: [JunctionPlan], steps: Range<Int>) {
        let steps = max(0, steps.lowerBound - 2)..<min(steps.upperBound + startSteps, stepCount)
        let first = steps.lowerBound
        (searched + first * groupCount).update(repeating: .zero, count: groupCount * steps.count)
        (openForSome + first).update(repeating: 0, count: steps.count)
        (openForAll + first).update(repeating: groupCount <= UInt64.bitWidth ? .max : 0, count: steps.count)
        for (candidate, timing) in timings.enumerated() {
            (signsOfOne + first).update(repeating: 0, count: steps.count)
            table.visitGreens(of: timing, at: junction) { group, start, end in
                add(from: start, to: end, group: group, candidate: candidate, steps: steps)
            }
            for step in steps {
                openForSome[step] |= signsOfOne[step]
                openForAll[step] &= signsOfOne[step]
            }
        }
    }

    private func add(from start: Double, to end: Double, group: Int, candidate: Int, steps: Range<Int>) {
        let begin = max(Double(steps.lowerBound), start)
        let finish = min(Double(steps.upperBound), end)
        guard begin < finish else { return }
        let first = Int(begin)
        let last = min(Int(finish), steps.upperBound - 1)
        let sign = KernelLayout.Signs.of(group: group)
        if first == last {
            add(finish - begin, first, group, candidate)
            return
        }
        add(Double(first + 1) - begin, first, group, candidate)
        var step = first + 1
        while step < last {
            searched[step * groupCount + group][candidate] = 1
            signsOfOne[step] |= sign
            step += 1
        }
        add(finish - Double(last), last, group, candidate)
    }

    private func add(_ share: Double, _ step: Int, _ group: Int, _ candidate: Int) {
        guard share > 0 else { return }
        let place = step * groupCount + group
        searched[place][candidate] = min(1, searched[place][candidate] + Float(share))
        signsOfOne[step] |= KernelLayout.Signs.of(group: group)
    }
}
