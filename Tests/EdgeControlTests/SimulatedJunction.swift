import ControllerLink
import EdgeControl
import SignalModel
import TestSupport

/// A controller with clocks of its own, watched every second.
struct SimulatedJunction {
    var control: JunctionControl
    var monitor: StreetMonitor
    var uptime = 0
    var network: Int
    private(set) var reports: [EdgeReport] = []
    private(set) var last: EdgeMessage.Status?

    init(_ settings: EdgeSettings, network: Int = 1000) throws {
        control = try JunctionControl(settings)
        monitor = StreetMonitor(settings.junction)
        self.network = network
    }

    /// A generated junction with a fallback plan and another plan for it.
    static func random(seed: UInt64) throws -> (settings: EdgeSettings, other: JunctionPlan, random: SplitMix64) {
        var random = SplitMix64(seed: seed)
        let network =
            seed % 5 == 0 ? JunctionGenerator.joinedJunction(seed: seed) : JunctionGenerator.junction(seed: seed)
        var junction = network.junctions[0]
        // The controller works in whole seconds; so do the plans made here.
        for group in junction.signalGroups.indices {
            junction.signalGroups[group].yellow.round(.up)
            junction.signalGroups[group].redAmber.round(.up)
        }
        let plans = Self.wholePlans(for: junction, count: 2, random: &random)
        return (EdgeSettings(junction: junction, fallback: [.init(plan: plans[0])]), plans[1], random)
    }

    /// Random plans that keep the rules, in whole seconds.
    static func wholePlans(for junction: Junction, count: Int, random: inout SplitMix64) -> [JunctionPlan] {
        let maker = SafePlanMaker(junction)
        var plans: [JunctionPlan] = []
        while plans.count < count {
            let plan = maker.plan(stages: maker.stages(random: &random), random: &random)
            let times =
                plan.greens.flatMap(\.intervals).flatMap { [$0.start, $0.duration] } + [plan.cycle, plan.offset]
            guard plan.cycle <= 600, times.allSatisfy({ $0 == $0.rounded() }),
                (try? JunctionControl(EdgeSettings(junction: junction, fallback: [.init(plan: plan)]))) != nil
            else { continue }
            plans.append(plan)
        }
        return plans
    }

    mutating func step(driverWorks: Bool = true) {
        let second = control.step(at: EdgeTime(uptime: uptime, network: network))
        if driverWorks {
            control.confirm()
            monitor.watch(second.aspects.map(\.rawValue))
        } else {
            control.driverFailed("no answer")
            repeatLast()
        }
        last = second.status
        reports += control.takeReports()
        uptime += 1
        network += 1
    }

    /// One more second in which the lamps show what they showed.
    mutating func repeatLast() {
        guard monitor.secondCount > 0 else { return }
        monitor.watch(monitor.aspects(second: monitor.secondCount - 1))
    }

    mutating func run(_ seconds: Int) { for _ in 0..<seconds { step() } }

    func lease(_ content: LeaseContent, _ sequence: Int, lasting seconds: Double = 20) -> Lease {
        Lease(
            junction: control.junction, sequence: sequence, issued: Double(network),
            expires: Double(network) + seconds, content: content)
    }

    @discardableResult
    mutating func send(_ lease: Lease) -> LeaseAnswer { control.receive(lease, at: Double(network)) }

    /// Whether the last second shows exactly what a plan shows at its place in the cycle.
    func isInStep(with plan: JunctionPlan) -> Bool {
        // The last step was for the second before the clock's.
        let position = PlanReading.position(of: plan, at: network - 1)
        return zip(plan.greens, last?.aspects ?? []).allSatisfy { greens, aspect in
            PlanReading.isGreen(greens, at: position, cycle: plan.cycle) == (aspect == .green)
        }
    }
}

/// What a plan says, read apart from what is tested.
enum PlanReading {
    static func position(of plan: JunctionPlan, at network: Int) -> Double {
        var position = (Double(network) - plan.cycleStart).truncatingRemainder(dividingBy: plan.cycle)
        if position < 0 { position += plan.cycle }
        return position
    }

    static func isGreen(_ greens: GroupGreens, at position: Double, cycle: Double) -> Bool {
        greens.intervals.contains { interval in
            var since = position - interval.start
            if since < 0 { since += cycle }
            return since < interval.duration
        }
    }
}
