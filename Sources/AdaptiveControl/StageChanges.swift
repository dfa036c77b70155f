/// When the groups of a stage become green after a change from another stage that has settled, for all pairs.
struct StageChanges: Sendable {
    let stageCount: Int
    private let groupCount: Int
    /// By old stage, new stage and group: time from the change to the start of green, s; 0 where it is green already.
    private let starts: [Float]
    /// By old and new stage: whole time from the change until the new stage has settled, s.
    private let settled: [Int]

    init(_ stages: [GroupSet], rules: ControlRules) {
        stageCount = stages.count
        groupCount = rules.groupCount
        var starts = [Float](repeating: 0, count: stages.count * stages.count * groupCount)
        var settled = [Int](repeating: 1, count: stages.count * stages.count)
        for old in stages.indices {
            for new in stages.indices where new != old {
                let ending = stages[old].subtracting(stages[new]).groups
                for group in stages[new].subtracting(stages[old]).groups {
                    let clearing = ending.map { rules.intergreen(ending: $0, starting: group) }.max() ?? 0
                    let start = max(clearing, rules.redAmber[group])
                    starts[(old * stages.count + new) * groupCount + group] = Float(start)
                    settled[old * stages.count + new] = max(
                        settled[old * stages.count + new], start + rules.leastGreen[group])
                }
            }
        }
        self.starts = starts
        self.settled = settled
    }

    func start(of group: Int, from old: Int, to new: Int) -> Float {
        starts[(old * stageCount + new) * groupCount + group]
    }

    func settled(from old: Int, to new: Int) -> Int { settled[old * stageCount + new] }
}
