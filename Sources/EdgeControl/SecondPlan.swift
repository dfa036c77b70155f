import ControllerLink
import SafetyGuard
import SignalModel

/// A plan that the guard has passed, second by second.
struct SecondPlan: Equatable, Sendable {
    /// The plan as it was given.
    let plan: JunctionPlan
    let cycle: Int
    /// Network time, modulo the cycle, at which position 0 comes round.
    let shift: Int
    /// By group and position: for how many seconds from there the green lasts; 0 where it is not green.
    let greenFrom: [[Int]]

    /// What a group that is always green has ahead of it, s.
    static let always = 1_000_000

    /// Takes a plan that may run.
    ///
    /// - Throws: ``PlanFault`` where it may not.
    init(_ plan: JunctionPlan, rules: SecondRules) throws(PlanFault) {
        let violations = SafetyGuard.violations(of: plan, at: rules.junction)
        guard violations.isEmpty else { throw .unsafe(violations) }
        let cycle = try Self.whole(plan.cycle)
        let start = try Self.whole(plan.cycleStart)
        var greenFrom: [[Int]] = []
        for entry in plan.greens {
            var own = [Int](repeating: 0, count: cycle)
            for interval in entry.intervals {
                let (start, length) = (try Self.whole(interval.start), try Self.whole(interval.duration))
                for second in 0..<length {
                    own[(start + second) % cycle] = length == cycle ? Self.always : length - second
                }
            }
            greenFrom.append(own)
        }
        self.plan = plan
        self.cycle = cycle
        self.shift = Self.modulo(start, cycle)
        self.greenFrom = greenFrom
    }

    private static func whole(_ seconds: Double) throws(PlanFault) -> Int {
        guard abs(seconds - seconds.rounded()) < 1e-6, abs(seconds) < 1e12 else { throw .notWholeSeconds(seconds) }
        return Int(seconds.rounded())
    }

    static func modulo(_ number: Int, _ cycle: Int) -> Int { ((number % cycle) + cycle) % cycle }

    /// The position of the plan at a second of network time.
    func position(at network: Int) -> Int { Self.modulo(network - shift, cycle) }

    /// The position a number of seconds after another.
    func position(_ position: Int, plus seconds: Int) -> Int { Self.modulo(position + seconds, cycle) }

    func isGreen(_ group: Int, at position: Int) -> Bool { greenFrom[group][position] > 0 }

    /// What a group shows at every position when the plan has run for long.
    func aspects(of group: Int, rules: SecondRules) -> [LampAspect] {
        let own = rules.groups[group]
        var aspects = greenFrom[group].map { $0 > 0 ? LampAspect.green : .red }
        for end in 0..<cycle where aspects[end] != .green && aspects[position(end, plus: -1)] == .green {
            for second in 0..<min(own.yellow, cycle) where aspects[position(end, plus: second)] != .green {
                aspects[position(end, plus: second)] = .yellow
            }
        }
        for start in 0..<cycle where aspects[start] == .green && aspects[position(start, plus: -1)] != .green {
            for second in 0..<min(own.redAmber, cycle) { aspects[position(start, plus: -1 - second)] = .redAmber }
        }
        return aspects
    }

    /// What a group shows at a position when the plan has run for long, and since how many seconds.
    func aspect(of group: Int, at position: Int, rules: SecondRules) -> (aspect: LampAspect, age: Int) {
        func ago(_ seconds: Int) -> Int { self.position(position, plus: -seconds) }
        let back = (1..<max(2, cycle)).first { isGreen(group, at: ago($0)) != isGreen(group, at: position) }
        guard let back else { return (isGreen(group, at: position) ? .green : .red, Self.always) }
        // back - 1 full seconds of the same lie behind.
        if isGreen(group, at: position) { return (.green, back - 1) }
        let own = rules.groups[group]
        let ahead = (1..<cycle).first { isGreen(group, at: self.position(position, plus: $0)) } ?? cycle
        if ahead <= own.redAmber { return (.redAmber, own.redAmber - ahead) }
        return back <= own.yellow ? (.yellow, back - 1) : (.red, back - 1 - own.yellow)
    }
}
