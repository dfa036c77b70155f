import SignalModel

/// A timing in whole seconds: who is green at every second of its cycle.
struct SecondGreens {
    let cycle: Int
    /// Network time, modulo the cycle, at which position 0 comes round.
    let shift: Int
    /// By group and position.
    let isGreen: [[Bool]]
    /// By position: for how many seconds the same groups have been green, this one not counted.
    let age: [Int]

    /// Reads a timing whose times are whole seconds.
    init(_ plan: JunctionPlan, under rules: JunctionRules) {
        let cycle = max(1, Int(plan.cycle))
        self.cycle = cycle
        shift = Self.modulo(Int(plan.cycleStart), cycle)
        var green = rules.groups.map { _ in Array(repeating: false, count: cycle) }
        for entry in plan.greens {
            guard let group = rules.indexOfGroup[entry.group] else { continue }
            for interval in entry.intervals {
                for second in 0..<Int(interval.duration) { green[group][(Int(interval.start) + second) % cycle] = true }
            }
        }
        isGreen = green
        age = (0..<cycle).map { position in
            let now = green.map { $0[position] }
            return (1..<max(2, cycle)).first { back in
                zip(now, green).contains { $0 != $1[Self.modulo(position - back, cycle)] }
            }.map { $0 - 1 } ?? cycle
        }
    }

    func greens(at position: Int) -> [Bool] { isGreen.map { $0[position] } }

    func position(at time: Int) -> Int { Self.modulo(time - shift, cycle) }

    /// The groups that were green before those that are at a position.
    private func greensBefore(_ position: Int) -> [Bool] {
        greens(at: Self.modulo(position - age[position] - 1, cycle))
    }

    /// The position at which the lamps are as in another timing at one of its positions, after the same ones and for as long;
    /// where there is none, the one at which fewest groups differ.
    func place(like other: SecondGreens, at position: Int) -> Int {
        let (shown, before) = (other.greens(at: position), other.greensBefore(position))
        let distances = (0..<cycle).map { place in
            (
                zip(shown, isGreen).count { $0 != $1[place] }, zip(before, greensBefore(place)).count { $0 != $1 },
                abs(age[place] - other.age[position]), place
            )
        }
        return distances.min { $0 < $1 }!.3
    }

    /// Greens of a group, s, and the greatest time from one to the next.
    func lengths(of group: Int) -> (shortestGreen: Int, greens: Int, longestRed: Int) {
        let own = isGreen[group]
        guard let first = own.indices.first(where: { own[$0] && !own[Self.modulo($0 - 1, cycle)] }) else {
            return own[0] ? (cycle, cycle, 0) : (0, 0, cycle)
        }
        var (shortest, longest, run, sum) = (cycle, 0, 0, 0)
        var isOn = true
        for step in 0...cycle {
            let now = own[(first + step) % cycle]
            if now != isOn || step == cycle {
                if isOn { shortest = min(shortest, run) } else { longest = max(longest, run) }
                (isOn, run) = (now, 0)
            }
            run += 1
            if now, step < cycle { sum += 1 }
        }
        return (shortest, sum, longest)
    }

    static func modulo(_ time: Int, _ cycle: Int) -> Int { ((time % cycle) + cycle) % cycle }
}
