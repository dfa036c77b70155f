/// One decision as plain arrays, and what came of it: for programs in other languages that do the same search.
public struct SearchProblem: Encodable, Sendable {
    /// What showing a stage from now on means for the lamps.
    public struct FirstAction: Encodable, Sendable {
        var stage: Int
        /// By group, s from now.
        var opens: [Float]
        var closes: [Float]
        /// Whole s until the stage has settled.
        var end: Int
    }

    var horizon: Int
    var step: Int
    var beam: Int
    var startDelay: Float
    var gapBefore: Float
    var gapAfter: Float
    var exitRelief: Float
    var endGain: Float
    var stopDelay: Float
    var laneStarts: [Int]
    var lanesByPriority: [Int]
    var arrivals: [Float]
    var weights: [Float]
    var stopCosts: [Float]
    var streams: [Int]
    var groupOfStream: [Int]
    var headways: [Float]
    var exitOfStream: [Int]
    var rooms: [Float]
    var priorities: [[Int]]
    var laneOfStream: [Int]
    var waitsInside: [Bool]
    var candidates: [Int]
    var successor: [Int]?
    var firstActions: [FirstAction]
    /// By stage and group.
    var stages: [[Bool]]
    /// By old stage, new stage and group, s.
    var changeStarts: [[[Float]]]
    /// By old and new stage, s.
    var settled: [[Int]]
    /// By stage: what wanting it now costs, as the search found.
    public var costs: [Float]
    /// Stands for infinity.
    static let never: Float = 1e9
}

extension RollingHorizon {
    /// The decision that was made last, if the lamps are still what they were before it.
    func problem(current: Int, executor: StageExecutor, at time: Int) -> SearchProblem {
        var copy = self
        let finite = { (value: Float) in min(max(value, -SearchProblem.never), SearchProblem.never) }
        var actions: [SearchProblem.FirstAction] = []
        let pending = executor.settledOffset(wanted: table.stages[current], at: time)
        for stage in candidates where stage == current || (pending <= 0 && mayFollow(stage, current)) {
            copy.openFromLamps(stage, executor, at: time)
            let settled = executor.settledOffset(wanted: table.stages[stage], at: time)
            actions.append(
                SearchProblem.FirstAction(
                    stage: stage, opens: copy.opens.map(finite), closes: copy.closes.map(finite),
                    end: min(settings.horizon, max(1, settled))))
        }
        let groups = 0..<layout.rules.groupCount
        return SearchProblem(
            horizon: settings.horizon, step: settings.step, beam: settings.beam, startDelay: startDelay,
            gapBefore: gapBefore, gapAfter: gapAfter, exitRelief: exitRelief, endGain: Float(settings.endGain),
            stopDelay: Self.stopDelay, laneStarts: laneStarts, lanesByPriority: lanesByPriority, arrivals: arrivals,
            weights: weights, stopCosts: arrivals.indices.map { stopSums[$0 + 1] - stopSums[$0] }, streams: streams,
            groupOfStream: groupOfStream, headways: headways, exitOfStream: exitOfStream, rooms: rooms.map(finite),
            priorities: groupOfStream.indices.map { Array(priorities[priorityStarts[$0]..<priorityStarts[$0 + 1]]) },
            laneOfStream: laneOfStream, waitsInside: waitsInside, candidates: candidates, successor: table.successor,
            firstActions: actions, stages: table.stages.map { stage in groups.map { stage.contains($0) } },
            changeStarts: (0..<stageCount).map { old in
                (0..<stageCount).map { new in groups.map { changes.start(of: $0, from: old, to: new) } }
            },
            settled: (0..<stageCount).map { old in (0..<stageCount).map { changes.settled(from: old, to: $0) } },
            costs: bestOfRoot.map(finite))
    }
}
