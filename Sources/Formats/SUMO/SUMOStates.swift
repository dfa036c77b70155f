import SignalModel

/// The states that a controller shows over one cycle, in SUMO's letters.
struct SUMOStates {
    /// Why a timing cannot be written, with the field of the timing.
    struct Failure: Error {
        var field: String
        var fault: FormatError.Fault
    }

    /// What a group shows, with the times in ms.
    private struct Lamp {
        var greens: [(start: Int, length: Int)]
        var yellow: Int
        var redAmber: Int
        /// Time after green in which people are still on a crossing.
        var clearance: Int
    }

    /// Greens of one group in a cycle; real groups have one or two.
    private static let greatestIntervalCount = 100

    /// Time after network time zero at which a cycle starts, 0 ..< cycle, ms.
    let offset: Int
    private let cycle: Int
    private let lamps: [Lamp]
    private let letters: SUMOLetters

    /// Prepares a timing.
    ///
    /// - Parameter movements: Movements at the junction's nodes.
    init(timing: JunctionPlan, junction: Junction, movements: [Movement]) throws(Failure) {
        let most = SUMONetworkDocument.greatestSignalCount
        guard (1...most).contains(junction.signalCount) else {
            throw Failure(
                field: ".junction",
                fault: .unexpected(
                    expected: "a junction with 1 to \(most) signals in its state string",
                    found: "\(junction.signalCount)"))
        }
        let cycle = try Self.milliseconds(timing.cycle, ".cycle_s", 0.001...86400)
        let start = try Self.milliseconds(timing.cycleStart, ".offset_s", -1e9...1e9)
        let rules = JunctionRules(junction)
        var greens = [[(start: Int, length: Int)]?](repeating: nil, count: rules.groupCount)
        for (position, entry) in timing.greens.enumerated() {
            guard let group = rules.indexOfGroup[entry.group] else {
                throw Failure(
                    field: ".greens[\(position)].group",
                    fault: .unknownReference(kind: "signal group", name: entry.group.text))
            }
            guard entry.intervals.count <= Self.greatestIntervalCount else {
                throw Failure(
                    field: ".greens[\(position)].intervals",
                    fault: .unexpected(
                        expected: "at most \(Self.greatestIntervalCount) greens", found: "\(entry.intervals.count)"))
            }
            var intervals: [(start: Int, length: Int)] = []
            for (number, interval) in entry.intervals.enumerated() {
                let field = ".greens[\(position)].intervals[\(number)]"
                let start = try Self.milliseconds(interval.start, "\(field).start_s", 0...timing.cycle)
                let length = try Self.milliseconds(interval.duration, "\(field).duration_s", 0...timing.cycle)
                if length > 0 { intervals.append((start, length)) }
            }
            greens[group] = (greens[group] ?? []) + intervals
        }
        var lamps: [Lamp] = []
        for (number, group) in rules.groups.enumerated() {
            guard let own = greens[number] else {
                throw Failure(
                    field: ".greens", fault: .unexpected(expected: "an entry for group \(group.id)", found: "none"))
            }
            let yellow = try Self.milliseconds(group.yellow, ".greens: yellow of \(group.id)", 0...86400)
            let redAmber = try Self.milliseconds(group.redAmber, ".greens: redAmber of \(group.id)", 0...86400)
            let clearance = try Self.milliseconds(
                group.crossing?.clearance ?? 0, ".greens: clearance of \(group.id)", 0...86400)
            lamps.append(Lamp(greens: own, yellow: yellow, redAmber: redAmber, clearance: clearance))
        }
        switch timing.offsetReference {
        case .cycleStart: break
        case .startOfGreen(let group), .endOfGreen(let group):
            guard let number = rules.indexOfGroup[group], !lamps[number].greens.isEmpty else {
                throw Failure(
                    field: ".offsetReference", fault: .unknownReference(kind: "green of group", name: group.text))
            }
        }
        self.cycle = cycle
        offset = Self.wrapped(start, cycle)
        self.lamps = lamps
        letters = SUMOLetters(junction: junction, movements: movements)
    }

    /// The states one after another with how long each lasts; together exactly one cycle.
    func phases() -> [(state: String, milliseconds: Int)] {
        var times: Set<Int> = [0]
        for lamp in lamps {
            for green in lamp.greens {
                let end = green.start + green.length
                for time in [green.start - lamp.redAmber, green.start, end, end + lamp.yellow, end + lamp.clearance] {
                    times.insert(Self.wrapped(time, cycle))
                }
            }
        }
        let ordered = times.sorted()
        var result: [(state: String, milliseconds: Int)] = []
        for (time, next) in zip(ordered, ordered.dropFirst() + [cycle]) {
            let state = state(at: time)
            if result.last?.state == state {
                result[result.count - 1].milliseconds += next - time
            } else {
                result.append((state, next - time))
            }
        }
        return result
    }

    private func state(at time: Int) -> String {
        let shown = lamps.map { aspect(of: $0, at: time) }
        return letters.state(
            shown: shown, goes: lamps.indices.map { "Gy".contains(shown[$0]) || isClearing(lamps[$0], at: time) })
    }

    private func aspect(of lamp: Lamp, at time: Int) -> Character {
        var result: Character = "r"
        for green in lamp.greens {
            let since = Self.wrapped(time - green.start, cycle)
            if since < green.length { return "G" }
            if since < green.length + lamp.yellow {
                result = "y"
            } else if since >= cycle - lamp.redAmber && result == "r" {
                result = "u"
            }
        }
        return result
    }

    private func isClearing(_ lamp: Lamp, at time: Int) -> Bool {
        lamp.greens.contains { Self.wrapped(time - $0.start, cycle) < $0.length + lamp.clearance }
    }

    private static func milliseconds(
        _ seconds: Double, _ field: String, _ bounds: ClosedRange<Double>
    ) throws(Failure) -> Int {
        guard bounds.contains(seconds) else {
            throw Failure(
                field: field,
                fault: .unexpected(
                    expected: "a number from \(bounds.lowerBound) to \(bounds.upperBound)", found: "\(seconds)"))
        }
        return Int((seconds * 1000).rounded())
    }

    private static func wrapped(_ time: Int, _ cycle: Int) -> Int { ((time % cycle) + cycle) % cycle }
}
