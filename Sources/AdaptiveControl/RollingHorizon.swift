/// The schedule of a junction over the next seconds: a forward dynamic programme over (second, stage).
///
/// Every cell keeps one state, the cheapest way to be in a stage at a second, as Porche and Lafortune (1999) and Xie,
/// Smith and Barlow (2012, schedule-driven intersection control) prune theirs: of two ways into one cell the one that has
/// cost less so far stays. Costs are delay, stops and weights of waits of all vehicles in sight; between two changes every
/// lane is a queue served in the order of its vehicles. Nothing is allocated in a decision once the arrays have grown.
struct RollingHorizon: Sendable {
    let layout: JunctionLayout
    let table: StageTable
    let changes: StageChanges
    let settings: AdaptiveSettings
    let laneCount: Int
    let exitCount: Int
    let stageCount: Int

    // Vehicles of all lanes, one lane after another, the nearest to the stop line first.
    var arrivals: [Float] = []
    var weights: [Float] = []
    var streams: [Int] = []
    var laneStarts: [Int]
    // Sums over the vehicles before each, for the cost of those who wait: weight, weight · arrival, cost of stops.
    var weightSums: [Float] = [0]
    var arrivalSums: [Float] = [0]
    var stopSums: [Float] = [0]
    /// By lane and second: the first vehicle that arrives later.
    var arrivedAt: [Int]
    /// Vehicles that an exit takes at once; infinite where nothing stands in it.
    var rooms: [Float]
    /// Share of each exit that a queue takes up.
    var fills: [Float]
    /// The exit that a stream leads to at present; −1 for none.
    var exitOfStream: [Int]

    // Cells by second and stage.
    var costs: [Float]
    var totals: [Float]
    var roots: [Int]
    var heads: [Int]
    var readies: [Float]
    var used: [Float]

    // The state that is being made, and what departs meanwhile.
    var newHeads: [Int]
    var newReadies: [Float]
    var newUsed: [Float]
    var opens: [Float]
    var closes: [Float]
    var departureTimes: [Float]
    var departureStreams: [Int]
    var departureCounts: [Int]
    static let greatestDepartures = 32

    // What the first action comes to.
    var bestOfRoot: [Float]

    // The stages that are looked at, and the groups that somebody in sight needs.
    var candidates: [Int] = []
    var demanded = GroupSet()
    var demandedGroups: [Int] = []
    /// For each group those whose traffic gives way to it.
    let yieldingTo: [GroupSet]

    // Constants of the streams.
    let groupOfStream: [Int]
    let headways: [Float]
    /// For each stream the streams that go first, one list after another.
    let priorities: [Int]
    let priorityStarts: [Int]
    /// For each stream the exits that it may lead to, in the order of their numbers, one list after another.
    let exits: [Int]
    let exitStarts: [Int]
    let waitsInside: [Bool]
    let laneOfStream: [Int]
    /// Lanes that have green at once, in the mean over the stages.
    let lanesAtOnce: Double
    let lanesByPriority: [Int]
    /// Lanes with a stream that others give way to.
    let goesFirst: [Bool]
    let endGain: Float
    let startDelay: Float
    let gapBefore: Float
    let gapAfter: Float
    let exitRelief: Float

    init(layout: JunctionLayout, table: StageTable, settings: AdaptiveSettings) {
        self.layout = layout
        self.table = table
        self.settings = settings
        changes = StageChanges(table.stages, rules: layout.rules)
        laneCount = layout.lanes.count
        exitCount = layout.exits.count
        stageCount = table.stages.count
        let cells = (settings.horizon + 1) * stageCount
        laneStarts = Array(repeating: 0, count: laneCount + 1)
        arrivedAt = Array(repeating: 0, count: laneCount * (settings.horizon + 1))
        fills = Array(repeating: 0, count: exitCount)
        rooms = Array(repeating: .infinity, count: exitCount)
        exitOfStream = layout.streams.map { $0.exits.first ?? -1 }
        costs = Array(repeating: .infinity, count: cells)
        totals = costs
        roots = Array(repeating: 0, count: cells)
        heads = Array(repeating: 0, count: cells * laneCount)
        readies = Array(repeating: 0, count: cells * laneCount)
        used = Array(repeating: 0, count: cells * exitCount)
        newHeads = Array(repeating: 0, count: laneCount)
        newReadies = Array(repeating: 0, count: laneCount)
        newUsed = Array(repeating: 0, count: exitCount)
        opens = Array(repeating: 0, count: layout.rules.groupCount)
        closes = opens
        departureTimes = Array(repeating: 0, count: laneCount * Self.greatestDepartures)
        departureStreams = Array(repeating: 0, count: laneCount * Self.greatestDepartures)
        departureCounts = Array(repeating: 0, count: laneCount)
        bestOfRoot = Array(repeating: .infinity, count: stageCount)
        groupOfStream = layout.streams.map(\.group)
        headways = layout.streams.map { Float($0.headway * settings.headwayFactor) }
        var yielding = Array(repeating: GroupSet(), count: layout.rules.groupCount)
        for stream in layout.streams {
            for foe in stream.priority { yielding[layout.streams[foe].group].insert(stream.group) }
        }
        yieldingTo = yielding
        priorities = layout.streams.flatMap(\.priority)
        priorityStarts = layout.streams.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.priority.count) }
        exits = layout.streams.flatMap { $0.exits.sorted() }
        exitStarts = layout.streams.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.exits.count) }
        waitsInside = layout.streams.map(\.waitsInside)
        laneOfStream = layout.streams.map(\.lane)
        lanesAtOnce = Self.lanesAtOnce(layout, table)
        lanesByPriority = layout.lanesByPriority
        var goesFirst = Array(repeating: false, count: layout.lanes.count)
        for stream in layout.streams { for foe in stream.priority { goesFirst[layout.streams[foe].lane] = true } }
        self.goesFirst = goesFirst
        endGain = Float(settings.endGain)
        startDelay = Float(settings.startDelay)
        gapBefore = Float(settings.gapBefore)
        gapAfter = Float(settings.gapAfter)
        exitRelief = Float(settings.exitRelief)
    }

    private static func lanesAtOnce(_ layout: JunctionLayout, _ table: StageTable) -> Double {
        let served = table.stages.reduce(0) { sum, stage in
            sum + layout.lanes.count { $0.streams.contains { stage.contains(layout.streams[$0].group) } }
        }
        return max(1, Double(served) / Double(max(1, table.stages.count)))
    }

    /// Finds the schedule and returns the stage to show now.
    ///
    /// - Parameters:
    ///   - current: The stage that was wanted last.
    ///   - executor: What the lamps show, before the second that is decided on.
    ///   - time: That second.
    mutating func plan(_ picture: TrafficPicture, current: Int, executor: StageExecutor, at time: Int) -> Int {
        load(picture)
        chooseCandidates(current: current)
        for cell in costs.indices { costs[cell] = .infinity }
        for cell in totals.indices { totals[cell] = .infinity }
        for stage in 0..<stageCount { bestOfRoot[stage] = .infinity }
        let horizon = settings.horizon
        // The state now lies in the cell of second 0 and the current stage.
        let start = current
        for lane in 0..<laneCount {
            heads[start * laneCount + lane] = laneStarts[lane]
            readies[start * laneCount + lane] = 0
        }
        for exit in 0..<exitCount { used[start * exitCount + exit] = 0 }
        costs[start] = 0

        let pending = executor.settledOffset(wanted: table.stages[current], at: time)
        for stage in candidates where stage == current || (pending <= 0 && mayFollow(stage, current)) {
            openFromLamps(stage, executor, at: time)
            let settled = executor.settledOffset(wanted: table.stages[stage], at: time)
            reach(stage, from: start, at: 0, until: min(horizon, max(1, settled)), root: stage)
        }
        for second in 1..<horizon {
            let bound = second % settings.step == 0 ? beamBound(at: second) : -1
            for stage in candidates {
                let cell = second * stageCount + stage
                guard costs[cell] < .infinity else { continue }
                openStaying(stage)
                reach(stage, from: cell, at: second, until: second + 1, root: roots[cell])
                guard totals[cell] <= bound else { continue }
                for next in candidates where next != stage && mayFollow(next, stage) {
                    let end = min(horizon, second + changes.settled(from: stage, to: next))
                    openChanging(from: stage, to: next, at: Float(second))
                    reach(next, from: cell, at: second, until: end, root: roots[cell])
                }
            }
        }
        var best = current
        for stage in 0..<stageCount where bestOfRoot[stage] < bestOfRoot[best] { best = stage }
        return best
    }

    /// Cost of the dearest cell of a second from which changes are looked at.
    private func beamBound(at second: Int) -> Float {
        let row = second * stageCount
        var bound = -Float.infinity
        for _ in 0..<settings.beam {
            var next = Float.infinity
            for stage in 0..<stageCount where totals[row + stage] > bound && totals[row + stage] < next {
                next = totals[row + stage]
            }
            guard next < .infinity else { break }
            bound = next
        }
        return bound
    }

    func mayFollow(_ next: Int, _ stage: Int) -> Bool {
        table.successor.map { $0[stage] == next } ?? true
    }

    /// Simulates to another cell, and keeps the state there if it is cheaper than what the cell holds.
    private mutating func reach(_ stage: Int, from cell: Int, at second: Int, until end: Int, root: Int) {
        let cost = costs[cell] + discharge(from: cell, begin: Float(second), end: Float(end))
        let total = cost + waitingCost(at: end)
        if end == settings.horizon { bestOfRoot[root] = min(bestOfRoot[root], total) }
        let target = end * stageCount + stage
        guard total < totals[target] else { return }
        totals[target] = total
        costs[target] = cost
        roots[target] = root
        Self.copy(laneCount, of: newHeads, from: 0, to: &heads, at: target * laneCount)
        Self.copy(laneCount, of: newReadies, from: 0, to: &readies, at: target * laneCount)
        Self.copy(exitCount, of: newUsed, from: 0, to: &used, at: target * exitCount)
    }

    /// Opens and closes the groups as the lamps would if a stage were wanted from now on.
    mutating func openFromLamps(_ stage: Int, _ executor: StageExecutor, at time: Int) {
        let wanted = table.stages[stage]
        for group in opens.indices {
            let isGreen = executor.aspects[group] == .green
            if wanted.contains(group) {
                opens[group] =
                    isGreen
                    ? Float(executor.since[group] - time)
                    : Float(executor.startOffset(group, wanted: wanted, at: time))
                closes[group] = .infinity
            } else {
                opens[group] = isGreen ? Float(executor.since[group] - time) : .infinity
                closes[group] =
                    isGreen ? Float(executor.endOffset(group, at: time)) + endGain : -.infinity
            }
        }
    }

    /// Opens the groups that somebody in sight needs as they are while a stage lasts.
    private mutating func openStaying(_ stage: Int) {
        let green = table.stages[stage]
        for group in demandedGroups {
            let isGreen = green.contains(group)
            opens[group] = isGreen ? -1000 : .infinity
            closes[group] = isGreen ? .infinity : -.infinity
        }
    }

    /// Opens and closes the groups that somebody in sight needs as they do in a change of stages.
    private mutating func openChanging(from old: Int, to new: Int, at second: Float) {
        let before = table.stages[old]
        let after = table.stages[new]
        let end = second + endGain
        for group in demandedGroups {
            let wasGreen = before.contains(group)
            if after.contains(group) {
                opens[group] = wasGreen ? -1000 : second + changes.start(of: group, from: old, to: new)
                closes[group] = .infinity
            } else {
                opens[group] = wasGreen ? -1000 : .infinity
                closes[group] = wasGreen ? end : -.infinity
            }
        }
    }
}
