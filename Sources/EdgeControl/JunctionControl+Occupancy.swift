extension JunctionControl {
    /// Of groups that are wanted those that do not start across vehicles which stand inside the junction after their green.
    ///
    /// A plan runs as it is: its intergreens are all that it waits for.
    func withoutHeld(_ content: Target.Content, at time: EdgeTime) -> Target.Content {
        guard case .groups(let wanted) = content, let lamps else { return content }
        let standing = occupancy.standing(at: time.network - 1)
        guard !standing.isEmpty else { return content }
        let inTheWay = rules.groups.indices.filter { group in
            let state = lamps.groups[group]
            guard standing.contains(rules.groups[group].id), state.aspect != .green, let end = state.endOfGreen else {
                return false
            }
            return time.uptime - end <= settings.holdTime
        }
        return .groups(
            wanted.indices.map { group in
                let isHeld = inTheWay.contains { $0 != group && rules.clearing[$0][group] != nil }
                return wanted[group] && !(isHeld && lamps.groups[group].aspect == .red)
            })
    }
}
