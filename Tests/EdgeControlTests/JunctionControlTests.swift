import ControllerLink
import EdgeControl
import SignalModel
import TestSupport
import Testing

@Suite("One controller, second by second")
struct JunctionControlTests {
    @Test("Runs its fallback plan in step after a start with all red, and keeps the rules", arguments: 0..<12)
    func fallback(seed: UInt64) throws {
        let (settings, _, _) = try SimulatedJunction.random(seed: seed)
        let plan = settings.fallback[0].plan
        var junction = try SimulatedJunction(settings)
        junction.step()
        #expect(junction.last?.running == .starting)
        #expect(junction.last?.aspects.allSatisfy { $0 == .red } == true)
        junction.run(60 + 3 * Int(plan.cycle))
        var outOfStep = 0
        for _ in 0..<Int(plan.cycle) {
            junction.step()
            if !junction.isInStep(with: plan) { outOfStep += 1 }
        }
        #expect(outOfStep == 0)
        #expect(junction.monitor.breaches == [])
        #expect(!junction.reports.contains { $0.event == .guardRefused })
    }

    @Test("On an empty street the plan is shown at once, wherever it is in its cycle", arguments: 0..<10)
    func emptyStreet(seed: UInt64) throws {
        var (settings, _, random) = try SimulatedJunction.random(seed: seed)
        settings.start = .emptyStreet
        let plan = settings.fallback[0].plan
        var junction = try SimulatedJunction(settings, network: Int.random(in: 0...5000, using: &random))
        var outOfStep = 0
        for _ in 0..<(2 * Int(plan.cycle)) {
            junction.step()
            if !junction.isInStep(with: plan) { outOfStep += 1 }
        }
        #expect(outOfStep == 0)
        #expect(junction.monitor.breaches == [])
        #expect(!junction.reports.contains { $0.event == .guardRefused })
    }

    @Test("A plan under lease is reached in step and left when the lease lapses", arguments: 0..<12)
    func planLease(seed: UInt64) throws {
        let (settings, other, _) = try SimulatedJunction.random(seed: seed)
        let fallback = settings.fallback[0].plan
        var junction = try SimulatedJunction(settings)
        junction.run(200)
        var sequence = 0
        // Six cycles of transition at most, and one to be followed.
        let needed = 8 * Int(other.cycle) + Int(fallback.cycle)
        for second in 0..<(needed + Int(other.cycle)) {
            if second % 60 == 0 {
                sequence += 1
                let answer = junction.send(junction.lease(.plan(other), sequence, lasting: 61))
                #expect(answer.isAccepted, "\(answer.detail)")
            }
            junction.step()
            if second > needed, !junction.isInStep(with: other) {
                Issue.record("out of step in second \(second)")
                break
            }
        }
        #expect(junction.last?.running == .plan)
        junction.run(61 + 3 * Int(fallback.cycle))
        #expect(junction.last?.running == .fallback)
        #expect(junction.isInStep(with: fallback))
        #expect(junction.reports.contains { $0.event == .leaseLapsed })
        #expect(junction.monitor.breaches == [])
        #expect(!junction.reports.contains { $0.event == .guardRefused })
    }

    @Test("Groups under lease become green as soon as the rules allow, whatever is asked for", arguments: 0..<12)
    func groupsLease(seed: UInt64) throws {
        var (settings, _, random) = try SimulatedJunction.random(seed: seed)
        settings.greatestRed = 100_000
        var junction = try SimulatedJunction(settings)
        junction.run(100)
        let sets = JunctionRules(settings.junction).maximalCompatibleSets()
        for sequence in 1...100 {
            let wanted = sets.randomElement(using: &random)!.map { settings.junction.signalGroups[$0].id }
            let answer = junction.send(junction.lease(.groups(wanted), sequence))
            #expect(answer.isAccepted, "\(answer.detail)")
            junction.run(Int.random(in: 1...15, using: &random))
            #expect(junction.last?.running == .groups)
        }
        // Held for long enough, exactly the wanted groups are green.
        let wanted = sets[0]
        for sequence in 101...107 {
            junction.send(
                junction.lease(.groups(wanted.map { settings.junction.signalGroups[$0].id }), sequence))
            junction.run(15)
        }
        let unbounded = settings.junction.signalGroups.allSatisfy { $0.greatestGreen == nil }
        if unbounded {
            #expect(junction.last?.aspects.indices.filter { junction.last?.aspects[$0] == .green } == wanted)
        }
        #expect(junction.monitor.breaches == [])
        #expect(!junction.reports.contains { $0.event == .guardRefused })
    }

    @Test("A group that leases keep from green for too long gets it from the fallback programme")
    func starvation() throws {
        var settings = try SimulatedJunction.random(seed: 3).settings
        settings.greatestRed = 120
        var junction = try SimulatedJunction(settings)
        junction.run(100)
        let wanted = JunctionRules(settings.junction).maximalCompatibleSets()[0]
        let kept = settings.junction.signalGroups.indices.filter { !wanted.contains($0) }
        var longest = 0
        var red = 0
        for sequence in 1...1500 {
            junction.send(
                junction.lease(.groups(wanted.map { settings.junction.signalGroups[$0].id }), sequence))
            junction.step()
            red = junction.last?.aspects[kept[0]] == .green ? 0 : red + 1
            longest = max(longest, red)
        }
        #expect(longest <= 120 + 3 * Int(settings.fallback[0].plan.cycle))
        #expect(junction.reports.contains { $0.event == .groupStarved })
        #expect(junction.monitor.breaches == [])
    }
}
