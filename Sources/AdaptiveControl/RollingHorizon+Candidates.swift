extension RollingHorizon {
    /// Chooses the stages that are worth looking at: those that no other one serves all vehicles in sight of, without
    /// anybody having to give way who does not in the first.
    mutating func chooseCandidates(current: Int) {
        demanded = GroupSet()
        for stream in streams { demanded.insert(groupOfStream[stream]) }
        demandedGroups.removeAll(keepingCapacity: true)
        for group in opens.indices where demanded.contains(group) { demandedGroups.append(group) }
        candidates.removeAll(keepingCapacity: true)
        for stage in 0..<stageCount where stage == current || !isSuperfluous(stage, current: current) {
            candidates.append(stage)
        }
    }

    private func isSuperfluous(_ stage: Int, current: Int) -> Bool {
        guard table.successor == nil else { return false }
        let own = table.stages[stage].bits & demanded.bits
        for other in 0..<stageCount where other != stage {
            let wider = table.stages[other].bits & demanded.bits
            guard own & ~wider == 0 else { continue }
            // Of equal ones the current one stays, or the first.
            if own == wider, stage == current || (other != current && other > stage) { continue }
            var added = wider & ~own
            var isWorse = false
            while added != 0 {
                let group = added.trailingZeroBitCount
                added &= added - 1
                if yieldingTo[group].bits & own != 0 { isWorse = true }
            }
            if !isWorse { return true }
        }
        return false
    }
}
