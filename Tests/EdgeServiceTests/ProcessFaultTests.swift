import ControllerLink
import Foundation
import TestSupport
import Testing

/// The daemon as a process of its own, by its own clock: what becomes of the street when processes die.
@Suite("Faults of processes")
struct ProcessFaultTests {
    /// Longest time from the end of a lease until the fallback programme is in step, s: one cycle of safe transition.
    static let transition = 40
    static let leaseTime = 6

    @Test(
        "A centre that is killed, or hangs with its connection open, is followed by the fallback plan",
        arguments: [SIGKILL, SIGSTOP])
    func centre(signal: Int32) async throws {
        let street = try EdgeProcess()
        defer { street.remove() }
        let edge = try street.startEdge()
        let centre = try street.startCentre()
        defer {
            kill(centre.processIdentifier, SIGKILL)
            edge.terminate()
        }
        try await street.waitUntilHeard("\"running\":\"plan\"")
        // For some seconds of the cycle both plans show the same.
        for _ in 0..<60 where EdgeProcess.followsFallback(try street.shown()) {
            try await Task.sleep(for: .seconds(1))
        }
        kill(centre.processIdentifier, signal)
        let killed = Int(Date().timeIntervalSince1970)
        try await Task.sleep(for: .seconds(Self.leaseTime + Self.transition + 26))
        let shown = try street.shown()
        let after = shown.filter { $0.time >= killed + Self.leaseTime + Self.transition }
        #expect(after.count >= 24)
        #expect(EdgeProcess.followsFallback(after))
        #expect(!EdgeProcess.followsFallback(shown.filter { $0.time <= killed }))
        #expect(EdgeProcess.breaches(in: shown) == [])
        guard signal == SIGKILL else { return }
        // A new centre hears what happened.
        let again = try street.startCentre()
        defer { kill(again.processIdentifier, SIGKILL) }
        try await street.waitUntilHeard("\"fallbackBegan\"")
        #expect(street.heard.contains("\"linkLost\"") && street.heard.contains("\"leaseLapsed\""))
    }

    @Test("A controller that is killed starts with all red, knows its lease, and takes no older one")
    func edge() async throws {
        let street = try EdgeProcess()
        defer { street.remove() }
        let centre = try street.startCentre()
        defer { kill(centre.processIdentifier, SIGKILL) }
        let edge = try street.startEdge()
        try await street.waitUntilHeard("\"running\":\"plan\"")
        try await Task.sleep(for: .seconds(3))
        kill(edge.processIdentifier, SIGKILL)
        await edge.end()
        let before = try street.shown()
        let heard = street.heard.count
        try await Task.sleep(for: .seconds(2))
        let again = try street.startEdge()
        defer { again.terminate() }
        try await street.waitUntilHeard("\"running\":\"plan\"", after: heard)
        try await Task.sleep(for: .seconds(30))
        let after = Array(try street.shown().dropFirst(before.count))
        #expect(after.count > 30)
        #expect(after.prefix(5).allSatisfy { $0.aspects.allSatisfy { $0 == "red" } })
        #expect(EdgeProcess.breaches(in: before) == [])
        #expect(EdgeProcess.breaches(in: after) == [])
        let hellos = street.heard.matches(of: #/"lastSequence":(\d+)/#).compactMap { Int($0.1) }
        let last = try #require(hellos.last)
        #expect(last > 0)
    }

    @Test("A controller whose process stands still for a while goes on safely")
    func stopped() async throws {
        let street = try EdgeProcess()
        defer { street.remove() }
        let centre = try street.startCentre()
        let edge = try street.startEdge()
        defer {
            kill(centre.processIdentifier, SIGKILL)
            kill(edge.processIdentifier, SIGKILL)
        }
        try await street.waitUntilHeard("\"running\":\"plan\"")
        for pause in [2, 7] {
            kill(edge.processIdentifier, SIGSTOP)
            try await Task.sleep(for: .seconds(pause))
            kill(edge.processIdentifier, SIGCONT)
            try await Task.sleep(for: .seconds(12))
        }
        let shown = try street.shown()
        #expect(zip(shown, shown.dropFirst()).contains { $1.time - $0.time > 5 })
        #expect(EdgeProcess.breaches(in: shown) == [])
    }

    @Test(
        "A controller without a centre goes by its own loops where it may, and by its programme where they are silent",
        .timeLimit(.minutes(5)))
    func local() async throws {
        let edge = try EdgeProcess()
        defer { edge.remove() }
        try edge.makeLocal()
        let daemon = try edge.startEdge()
        defer { daemon.terminate() }
        let loops = try edge.startLoops()
        defer { kill(loops.processIdentifier, SIGKILL) }
        func longestSide(_ shown: some Sequence<(time: Int, aspects: [String])>) -> Int {
            var (longest, run) = (0, 0)
            for second in shown {
                run = second.aspects[1] == "green" ? run + 1 : 0
                longest = max(longest, run)
            }
            return longest
        }
        func shown() -> [(time: Int, aspects: [String])] { (try? edge.shown()) ?? [] }
        // The programme ends the side road's green after 6 s, whoever waits.
        let end = Date().timeIntervalSince1970 + 120
        while longestSide(shown()) < 30, Date().timeIntervalSince1970 < end {
            try await Task.sleep(for: .seconds(1))
        }
        #expect(longestSide(shown()) >= 30)
        kill(loops.processIdentifier, SIGKILL)
        let before = shown().count
        try await Task.sleep(for: .seconds(40))
        let silent = shown().dropFirst(before)
        #expect(silent.contains { $0.aspects[0] == "green" }, "the main road, at which nobody stood, has its turn")
        #expect(EdgeProcess.breaches(in: shown()) == [])
    }

    @Test("A controller ends in order when it is asked to")
    func ends() async throws {
        let street = try EdgeProcess()
        defer { street.remove() }
        let edge = try street.startEdge()
        try await Task.sleep(for: .seconds(3))
        edge.terminate()
        await edge.end()
        #expect(edge.terminationReason == .exit)
        #expect(edge.terminationStatus == 0)
        #expect(try street.shown().isEmpty == false)
    }

    @Test("A daemon leases over an encrypted link, and falls back when its certificate expires; a new one is taken up")
    func certificate() async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let live = certificates.folder + "/live"
        try FileManager.default.copyItem(atPath: certificates.path(.good), toPath: live)
        let street = try EdgeProcess(certificates: live)
        defer { street.remove() }
        let centre = TestCentre()
        var server = CentreServer { Date().timeIntervalSince1970 }
        server.port = street.port
        let folder = certificates.path(.good)
        server.security = try .mutualServer(
            authority: folder + "/authority.pem", certificate: folder + "/centre.pem", key: folder + "/centre.key")
        let edge = try street.startEdge()
        defer { edge.terminate() }
        try await server.run(receiver: centre) { _ in
            for _ in 0..<600 where await centre.statusCount < 15 { try await Task.sleep(for: .milliseconds(100)) }
            let now = Date().timeIntervalSince1970.rounded()
            await centre.send(SmallStreet.lease(1, at: now, lasting: 5))
            try await centre.expectAccepted(1)
            for file in ["edge.pem", "edge.key"] { try certificates.copy(.expired, file, to: live + "/" + file) }
            await centre.turnAway()
            // A call that was under way may still have come through.
            try await Task.sleep(for: .seconds(4))
            let before = await centre.hellos.count
            try await Task.sleep(for: .seconds(4))
            #expect(await centre.hellos.count == before)
            for file in ["edge.pem", "edge.key"] { try certificates.copy(.good, file, to: live + "/" + file) }
            for _ in 0..<300 where await centre.reports.filter({ $0.detail.contains("has expired") }).isEmpty {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        let reports = await centre.reports
        #expect(reports.contains { $0.event == .linkLost && $0.detail.contains("the own certificate has expired") })
        #expect(reports.contains { $0.event == .leaseLapsed })
        #expect(EdgeProcess.breaches(in: try street.shown()) == [])
    }
}
