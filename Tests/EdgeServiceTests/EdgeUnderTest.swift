import ControllerLink
import EdgeControl
import EdgeService
import Foundation
import Logging
import SignalModel
import TestSupport

/// Lamps that write down every second, watched by a monitor that knows the rules alone.
actor WatchedLamps: LampDriver {
    struct Broken: Error {}

    private var monitor: StreetMonitor
    var isBroken = false

    init(_ junction: Junction) { monitor = StreetMonitor(junction) }

    func show(_ aspects: [LampAspect], at time: Double) throws {
        if isBroken {
            if monitor.secondCount > 0 { monitor.watch(monitor.aspects(second: monitor.secondCount - 1)) }
            throw Broken()
        }
        monitor.watch(aspects.map(\.rawValue))
    }

    func setBroken(_ value: Bool) { isBroken = value }

    var breaches: [String] { monitor.breaches }
    var secondCount: Int { monitor.secondCount }
}

/// A controller on real sockets whose seconds pass when a test says so.
struct EdgeUnderTest {
    let runner: EdgeRunner
    let lamps: WatchedLamps
    let clock: TestClock
    let settings: EdgeSettings

    /// The network time that tests begin at, s.
    static let begin = 100_000

    init(store: EdgeStore? = nil, clock: TestClock = TestClock(EdgeUnderTest.begin)) throws {
        let settings = EdgeSettings(junction: SmallStreet.junction, fallback: [.init(plan: SmallStreet.fallback)])
        var log = Logger(label: "test")
        log.logLevel = .critical
        self.settings = settings
        self.clock = clock
        lamps = WatchedLamps(settings.junction)
        runner = try EdgeRunner(
            settings, driver: lamps, store: store, network: clock.network, log: log)
    }

    /// Lets one second pass.
    @discardableResult
    func step() async -> EdgeMessage.Status { await runner.step(at: clock.next()) }

    /// Lets seconds pass and returns the last.
    @discardableResult
    func run(_ seconds: Int) async -> EdgeMessage.Status {
        for _ in 1..<seconds { await step() }
        return await step()
    }

    /// Lets seconds pass, a few ms each, until the controller runs something.
    ///
    /// - Returns: The seconds that it took; nothing when the limit was reached.
    func run(until running: RunningContent, limit: Int) async throws -> Int? {
        for second in 0..<limit {
            if await step().running == running { return second }
            try await Task.sleep(for: .milliseconds(5))
        }
        return nil
    }
}

/// Seconds that pass when they are asked for.
final class TestClock: @unchecked Sendable {
    private let lock = NSLock()
    private var seconds = -1
    private var start: Int

    init(_ start: Int) { self.start = start }

    func next() -> EdgeTime {
        lock.withLock {
            seconds += 1
            return EdgeTime(uptime: seconds, network: start + seconds)
        }
    }

    /// The second that was last asked for, s of network time.
    var network: Int { lock.withLock { start + max(seconds, 0) } }

    /// Sets the clock that may be set.
    func jump(by shift: Int) { lock.withLock { start += shift } }
}

/// The small network's junction in short cycles.
enum SmallStreet {
    static let junction = SmallNetwork.junction

    static func plan(main: Double, side: Double, offset: Double) -> JunctionPlan {
        JunctionPlan(
            junction: "J", cycle: main + side + 14, offset: offset,
            greens: [
                GroupGreens(group: "main", intervals: [GreenInterval(start: 0, duration: main)]),
                GroupGreens(group: "side", intervals: [GreenInterval(start: main + 7, duration: side)]),
                GroupGreens(group: "walk", intervals: [GreenInterval(start: main + 7, duration: side)]),
            ])
    }

    static let fallback = plan(main: 6, side: 6, offset: 0)
    static let other = plan(main: 9, side: 5, offset: 4)
    /// Both groups green together.
    static let conflicting = JunctionPlan(
        junction: "J", cycle: 30, offset: 0,
        greens: ["main", "side", "walk"].map {
            GroupGreens(group: $0, intervals: [GreenInterval(start: 0, duration: 15)])
        })

    /// A network that the fallback plan and the rules can be read from.
    static var network: Network { SmallNetwork.network }

    static func lease(
        _ sequence: Int, at time: Double, lasting seconds: Double, _ content: LeaseContent = .plan(other)
    ) -> Lease {
        Lease(junction: "J", sequence: sequence, issued: time, expires: time + seconds, content: content)
    }
}
