import ControllerLink
import EdgeControl
import Foundation
import SignalModel
import TestSupport
import Testing

@Suite("What a controller does with leases and clocks that are wrong")
struct FaultTests {
    /// A controller in step with a plan under lease 5, that lapses in 300 s.
    private static func underLease(seed: UInt64 = 7) throws -> (junction: SimulatedJunction, other: JunctionPlan) {
        let (settings, other, _) = try SimulatedJunction.random(seed: seed)
        var junction = try SimulatedJunction(settings)
        junction.run(200)
        #expect(junction.send(junction.lease(.plan(other), 5, lasting: 300)).isAccepted)
        junction.run(20)
        #expect(junction.last?.running == .plan)
        return (junction, other)
    }

    /// A lease that must be refused, and whether the one that runs ends with it.
    private struct Wrong: Sendable {
        var change: @Sendable (inout Lease, SimulatedJunction, inout JunctionPlan) -> Void
        var refusal: LeaseAnswer.Refusal
        var endsLease: Bool
    }

    private static let wrong: [String: Wrong] = [
        "for another junction": Wrong(
            change: { lease, _, _ in lease.junction = "elsewhere" }, refusal: .wrongJunction, endsLease: true),
        "replayed": Wrong(change: { lease, _, _ in lease.sequence = 5 }, refusal: .notNewer, endsLease: false),
        "reordered": Wrong(change: { lease, _, _ in lease.sequence = 3 }, refusal: .notNewer, endsLease: false),
        "with a negative number": Wrong(
            change: { lease, _, _ in lease.sequence = .min }, refusal: .notNewer, endsLease: false),
        "with an absurd number": Wrong(
            change: { lease, _, _ in lease.sequence = .max }, refusal: .tooFarAhead, endsLease: true),
        "of the past": Wrong(
            change: { lease, _, _ in
                lease.issued -= 3600
                lease.expires -= 3600
            }, refusal: .issuedTooLongAgo, endsLease: false),
        "lapsed on the way": Wrong(
            change: { lease, junction, _ in
                lease.issued = Double(junction.network) - 20
                lease.expires = Double(junction.network) - 1
            }, refusal: .lapsed, endsLease: false),
        "of the future": Wrong(
            change: { lease, _, _ in
                lease.issued += 3600
                lease.expires += 3600
            }, refusal: .issuedInFuture, endsLease: true),
        "without end": Wrong(change: { lease, _, _ in lease.expires = 1e300 }, refusal: .badDuration, endsLease: true),
        "that ends before it begins": Wrong(
            change: { lease, _, _ in lease.expires = lease.issued - 1 }, refusal: .badDuration, endsLease: true),
        "with conflicting greens": Wrong(
            change: { lease, _, plan in
                for group in plan.greens.indices {
                    plan.greens[group].intervals = [GreenInterval(start: 0, duration: plan.cycle)]
                }
                lease.content = .plan(plan)
            }, refusal: .unsafe, endsLease: true),
        "with a green that never comes": Wrong(
            change: { lease, _, plan in
                plan.greens[0].intervals = []
                lease.content = .plan(plan)
            }, refusal: .unsafe, endsLease: true),
        "with a group that is not there": Wrong(
            change: { lease, _, _ in lease.content = .groups(["nowhere"]) }, refusal: .unsafe, endsLease: true),
        "with conflicting groups": Wrong(
            change: { lease, _, plan in lease.content = .groups(plan.greens.map(\.group)) }, refusal: .unsafe,
            endsLease: true),
        "with tenths of a second": Wrong(
            change: { lease, _, plan in
                plan.offset = 0.5
                lease.content = .plan(plan)
            }, refusal: .unsafe, endsLease: true),
    ]

    @Test("A lease that is wrong is refused with its reason", arguments: wrong.keys.sorted())
    func wrongLease(name: String) throws {
        let wrong = Self.wrong[name]!
        var (junction, other) = try Self.underLease()
        var lease = junction.lease(.plan(other), 6, lasting: 25)
        var plan = other
        wrong.change(&lease, junction, &plan)
        let answer = junction.send(lease)
        #expect(answer.refusal == wrong.refusal)
        junction.step()
        #expect(junction.last?.running == (wrong.endsLease ? .fallback : .plan))
        junction.run(400 + 3 * Int(junction.control.fallbackPlan.cycle))
        #expect(junction.last?.running == .fallback)
        #expect(junction.isInStep(with: junction.control.fallbackPlan))
        #expect(junction.monitor.breaches == [])
        #expect(junction.reports.contains { $0.event == .leaseRefused })
    }

    @Test("A centre that is lost is followed by the fallback programme when its lease lapses")
    func lostCentre() throws {
        var (junction, _) = try Self.underLease()
        junction.control.linkLost("killed", isBreach: false)
        junction.run(270)
        #expect(junction.last?.running == .plan)
        junction.run(20)
        #expect(junction.last?.running == .fallback)
        #expect(junction.monitor.breaches == [])
    }

    @Test("A centre that breaks the protocol is followed by the fallback programme at once")
    func breach() throws {
        var (junction, _) = try Self.underLease()
        junction.control.linkLost("not JSON", isBreach: true)
        junction.step()
        #expect(junction.last?.running == .fallback)
    }

    @Test("A clock that jumps ends the lease; the lamps go on by the clock that nobody sets", arguments: [3600, -3600])
    func clockJump(by shift: Int) throws {
        var (junction, _) = try Self.underLease()
        junction.network += shift
        junction.step()
        #expect(junction.last?.running == .fallback)
        #expect(junction.reports.contains { $0.event == .clockJumped })
        junction.run(3 * Int(junction.control.fallbackPlan.cycle))
        #expect(junction.isInStep(with: junction.control.fallbackPlan))
        #expect(junction.monitor.breaches == [])
    }

    @Test("A process that is stopped for a while goes on safely", arguments: [2, 5, 60])
    func stalled(for seconds: Int) throws {
        var (junction, _) = try Self.underLease()
        for _ in 0..<20 {
            // The lamps show on what they showed.
            for _ in 0..<seconds { junction.repeatLast() }
            junction.uptime += seconds
            junction.network += seconds
            junction.run(7)
        }
        #expect(junction.monitor.breaches.filter { !$0.contains("green for") } == [])
        junction.run(300 + 4 * Int(junction.control.fallbackPlan.cycle))
        #expect(junction.isInStep(with: junction.control.fallbackPlan))
    }

    @Test("Lamps that do not answer are taken to show what they showed, and the lease ends")
    func driver() throws {
        var (junction, other) = try Self.underLease()
        for seconds in [1, 4, 30] {
            for _ in 0..<seconds { junction.step(driverWorks: false) }
            #expect(junction.send(junction.lease(.plan(other), 6 + seconds)).refusal == .notReady)
            junction.run(40)
            #expect(junction.last?.running == .fallback)
        }
        #expect(junction.reports.count { $0.event == .driverFailed } == 3)
        #expect(junction.reports.count { $0.event == .driverRecovered } == 3)
        junction.run(3 * Int(junction.control.fallbackPlan.cycle))
        #expect(junction.isInStep(with: junction.control.fallbackPlan))
        #expect(junction.monitor.breaches.filter { !$0.contains("green for") } == [])
    }
}
