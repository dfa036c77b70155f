/// What the lamps are to come to, as seen from one second.
struct Target: Sendable {
    enum Content: Equatable, Sendable {
        /// A plan, by positions for a while and then in step with network time.
        case plan(SecondPlan)
        /// Groups, by number, green for as long as nothing else is said.
        case groups([Bool])
        /// All red.
        case nothing
    }

    var content: Content
    /// Positions of the plan from this second on, until it is in step.
    var path: ArraySlice<Int> = []
    /// This second, s of network time.
    var network: Int

    /// For how many seconds a group is to be green, from a number of seconds ahead on; 0 where it is not to be green then.
    func green(_ group: Int, ahead: Int) -> Int {
        switch content {
        case .nothing: return 0
        case .groups(let wanted): return wanted[group] ? SecondPlan.always : 0
        case .plan(let plan):
            guard ahead < path.count else {
                return plan.greenFrom[group][plan.position(at: network + ahead)]
            }
            var seconds = 0
            for position in path.dropFirst(ahead) {
                guard plan.isGreen(group, at: position) else { return seconds }
                seconds += 1
            }
            return seconds + plan.greenFrom[group][plan.position(at: network + path.count)]
        }
    }

    /// The same target a number of seconds later.
    func later(by seconds: Int) -> Target {
        var target = self
        target.path = path.dropFirst(seconds)
        target.network += seconds
        return target
    }
}
