import CentreStore
import ControllerLink
import Foundation
import Logging
import SignalModel
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("A centre whose clock jumps")
struct CentreClockTests {
    /// The centre's clock, which a test sets.
    private final class Clock: Sendable {
        private let shift = Mutex(0.0)
        private let street = Mutex(0.0)

        var time: Double { street.withLock { $0 } + shift.withLock { $0 } }
        func jump(by seconds: Double) { shift.withLock { $0 += seconds } }
        func follow(_ time: Int) { street.withLock { $0 = Double(time) } }
    }

    @Test(
        "By an hour, either way: its leases are refused, the fallback programme runs, and its plan again when the clock is right",
        .timeLimit(.minutes(5)), arguments: [3600.0, -3600])
    func jump(by shift: Double) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/greenband-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = Clock()
        let edge = try EdgeOfCity()
        clock.follow(await edge.time)
        var settings = CentreSettings()
        settings.leaseTime = 60
        let network = SmallNetwork.network
        let centre = try CityCentre(
            network: network, plan: #require(network.presentPlan), isSought: false, settings: settings,
            store: CentreStore(path: folder + "/centre.sqlite"),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            clock: { clock.time })
        @Sendable func run(_ seconds: Int) async -> [RunningContent] {
            var running: [RunningContent] = []
            for _ in 0..<seconds {
                clock.follow(await edge.time)
                running.append(await edge.step().running)
            }
            return running
        }
        var server = CentreServer(time: { clock.time })
        server.limits = .simulated
        try await server.run(receiver: centre) { port in
            try await edge.connected(to: port) {
                #expect(await run(10).last == .plan)
                clock.jump(by: shift)
                let wrong = await run(120)
                #expect(wrong.last == .fallback)
                #expect(wrong.drop { $0 == .plan }.allSatisfy { $0 == .fallback }, "once it is out, it stays out")
                clock.jump(by: -shift)
                let right = await run(120)
                #expect(right.last == .plan)
            }
        }
    }
}
