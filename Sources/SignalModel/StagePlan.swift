/// A timing as stages one after another: the stage view of a ``JunctionPlan``.
///
/// All times are whole seconds.
public struct StagePlan: Equatable, Sendable {
    /// One stage with its green.
    public struct TimedStage: Equatable, Sendable {
        /// Numbers of the groups that are green, ascending.
        public var groups: [Int]
        /// Time for which all of them are green, s.
        public var green: Int

        /// States a stage and its green.
        public init(groups: [Int], green: Int) {
            self.groups = groups
            self.green = green
        }
    }

    /// Stages in the order in which they run.
    public var stages: [TimedStage]
    /// Time after network time zero at which the first stage starts, s.
    public var offset: Int

    /// States a timing by its stages.
    public init(stages: [TimedStage], offset: Int = 0) {
        self.stages = stages
        self.offset = offset
    }

    /// Length of the interstage after each stage, s: whole seconds in which every intergreen fits.
    public func interstages(under rules: JunctionRules) -> [Int] {
        stages.indices.map { interstage(after: $0, under: rules) }
    }

    /// Cycle time, s: greens and interstages.
    public func cycle(under rules: JunctionRules) -> Int {
        stages.indices.reduce(0) { $0 + stages[$1].green + interstage(after: $1, under: rules) }
    }

    private func interstage(after index: Int, under rules: JunctionRules) -> Int {
        guard stages.count > 1 else { return 0 }
        let next = stages[(index + 1) % stages.count]
        let starting = next.groups.filter { !stages[index].groups.contains($0) }
        var need = 0.0
        // A group that ended before this stage can still hold back one that starts after it, when the stages since are short.
        var elapsed = 0
        for back in stages.indices {
            let position = (index - back + stages.count) % stages.count
            let following = stages[(position + 1) % stages.count]
            if back > 0 { elapsed += following.green }
            guard Double(elapsed) < rules.longestClearance else { break }
            for ending in stages[position].groups where !following.groups.contains(ending) {
                for start in starting where rules.areIncompatible(ending, start) {
                    need = max(need, rules.intergreen(ending: ending, starting: start) - Double(elapsed))
                }
            }
            // A group that goes dark and comes back at once still shows its yellow.
            for group in starting where back > 0 && stages[position].groups.contains(group) {
                let change = rules.groups[group].yellow + rules.groups[group].redAmber
                need = max(need, change - Double(elapsed))
            }
        }
        return Int(need.rounded(.up))
    }

    /// The same timing group by group.
    ///
    /// A group starts as soon after the end of the stage before as its own intergreens allow, which can be before the
    /// stage is complete.
    public func junctionPlan(for junction: JunctionID, under rules: JunctionRules) -> JunctionPlan {
        let interstages = interstages(under: rules)
        var starts: [Int] = []
        var clock = 0
        for index in stages.indices {
            starts.append(clock)
            clock += stages[index].green + interstages[index]
        }
        let cycle = clock
        var greens: [GroupGreens] = []
        for group in 0..<rules.groupCount {
            let member = stages.map { $0.groups.contains(group) }
            var intervals: [GreenInterval] = []
            if member.allSatisfy({ $0 }) {
                intervals = [GreenInterval(start: 0, duration: Double(cycle))]
            } else {
                for index in stages.indices where member[index] && !member[(index + stages.count - 1) % stages.count] {
                    var last = index
                    var length = stages[index].green
                    while member[(last + 1) % stages.count] {
                        length += interstages[last]
                        last = (last + 1) % stages.count
                        length += stages[last].green
                    }
                    let early = earlyStart(of: group, at: index, interstages: interstages, under: rules)
                    let start = (starts[index] - early + cycle) % cycle
                    intervals.append(GreenInterval(start: Double(start), duration: Double(length + early)))
                }
            }
            intervals.sort { $0.start < $1.start }
            greens.append(GroupGreens(group: rules.groups[group].id, intervals: intervals))
        }
        return JunctionPlan(
            junction: junction, cycle: Double(cycle), offset: Double(((offset % cycle) + cycle) % cycle),
            greens: greens)
    }

    /// Whole seconds by which a group may start before its stage is complete.
    private func earlyStart(
        of group: Int, at index: Int, interstages: [Int], under rules: JunctionRules
    ) -> Int {
        guard stages.count > 1 else { return 0 }
        var position = (index + stages.count - 1) % stages.count
        let room = interstages[position]
        var need = 0.0
        var elapsed = 0
        for _ in stages {
            let following = stages[(position + 1) % stages.count]
            for ending in stages[position].groups where !following.groups.contains(ending) {
                if rules.areIncompatible(ending, group) {
                    need = max(need, rules.intergreen(ending: ending, starting: group) - Double(elapsed))
                }
                if ending == group {
                    need = max(need, rules.groups[group].yellow + rules.groups[group].redAmber - Double(elapsed))
                }
            }
            let before = (position + stages.count - 1) % stages.count
            elapsed += stages[position].green + interstages[before]
            guard Double(elapsed) < rules.longestClearance else { break }
            position = before
        }
        return max(0, room - Int(need.rounded(.up)))
    }
}
