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

    @Test("Lamps that take nothing at first show red for as long as whoever was there needs, from when they show it")
    func lateDriver() throws {
        let (settings, _, _) = try SimulatedJunction.random(seed: 7)
        var junction = try SimulatedJunction(settings)
        for _ in 0..<70 { junction.step(driverWorks: false) }
        var red = 0
        repeat {
            junction.step()
            red += 1
        } while junction.last?.aspects.allSatisfy { $0 == .red || $0 == .redAmber } ?? false
        // The longest that anybody needs to leave before the first red-amber; the second that ended it is one too many.
        let longest = settings.junction.intergreens.map(\.seconds).max() ?? 0
        #expect(Double(red - 1) >= longest)
        junction.run(200)
        #expect(junction.monitor.breaches == [])
        #expect(junction.isInStep(with: junction.control.fallbackPlan))
    }

    @Test("Where the clock of network time stands still, the lease ends in time and the lamps go on")
    func frozenClock() throws {
        var (junction, _) = try Self.underLease()
        // The lease has 280 s left.
        let frozen = junction.network
        var ended: Int?
        for second in 0..<900 {
            junction.network = frozen
            junction.step()
            if ended == nil, junction.last?.running == .fallback { ended = second }
        }
        #expect((275...285).contains(try #require(ended)))
        #expect(junction.reports.count { $0.event == .clockJumped } == 1)
        #expect(junction.monitor.breaches == [])
        // All groups have had green since.
        let greens = Set(
            (junction.monitor.secondCount - 500..<junction.monitor.secondCount).flatMap { second in
                junction.monitor.aspects(second: second).enumerated().filter { $1 == "green" }.map(\.offset)
            })
        #expect(greens.count == junction.monitor.aspects(second: 0).count)
    }

    @Test("Where the clock of network time lags, the lease ends by the one that nobody sets")
    func laggingClock() throws {
        var (junction, _) = try Self.underLease()
        var ended: Int?
        for second in 0..<400 {
            junction.step()
            // Every other second it stands.
            if second % 2 == 0 { junction.network -= 1 }
            if ended == nil, junction.last?.running == .fallback { ended = second }
        }
        #expect((275...285).contains(try #require(ended)))
        #expect(junction.monitor.breaches == [])
    }

    @Test("Who has seen no lease takes one of any number, but for those that leave no room")
    func firstLease() throws {
        let (settings, other, _) = try SimulatedJunction.random(seed: 7)
        var junction = try SimulatedJunction(settings)
        junction.run(100)
        #expect(junction.send(junction.lease(.plan(other), .max)).refusal == .tooFarAhead)
        #expect(junction.send(junction.lease(.plan(other), 2_000_001)).isAccepted)
        #expect(junction.send(junction.lease(.plan(other), 4_000_000)).refusal == .tooFarAhead)
    }
}
