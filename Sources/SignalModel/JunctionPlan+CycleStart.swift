extension JunctionPlan {
    /// Time after network time zero at which second 0 of the plan's own cycle comes round, s.
    public var cycleStart: Double {
        func green(_ group: SignalGroupID) -> GreenInterval {
            greens.first { $0.group == group }?.intervals.first ?? GreenInterval(start: 0, duration: 0)
        }
        switch offsetReference {
        case .cycleStart: return offset
        case .startOfGreen(let group): return offset - green(group).start
        case .endOfGreen(let group): return offset - green(group).start - green(group).duration
        }
    }
}
