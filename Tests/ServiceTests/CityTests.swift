import CentreStore
import ControllerLink
import Formats
import Foundation
import Logging
import SignalModel
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("The centre and a controller on real sockets")
struct CityTests {
    @Test("A controller that calls is leased the plan, runs it, and shows so", .timeLimit(.minutes(5)))
    func leases() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running { ports, _ in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                #expect(await edge.step(until: .plan))
                await edge.step()
                let junction = try await CityUnderTest.ask(ports, "/api/v1/junctions/J", as: "viewer")
                #expect(junction["running"] as? String == "plan")
                #expect(junction["isConnected"] as? Bool == true)
                let leases = try await CityUnderTest.ask(ports, "/api/v1/junctions/J/leases", as: "viewer")
                #expect((leases.json as? [[String: Any]])?.first?["answer"] as? String == "accepted")
            }
        }
    }

    @Test("A controller that says nothing counts as not connected though nobody hung up", .timeLimit(.minutes(5)))
    func silent() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running(clock: "system") { ports, service in
            let edge = try EdgeOfCity(time: Int(CityService.systemTime()))
            @Sendable func isConnected() async throws -> Bool { try await service.centre.junction("J").isConnected }
            try await edge.connected(to: ports.edges!) {
                await edge.step()
                while try await isConnected() { try await Task.sleep(for: .milliseconds(20)) }
                #expect(await service.centre.health().connected == 0)
                #expect(await service.centre.health().running == ["unknown": 1])
                await edge.step()
                #expect(try await isConnected())
            }
        }
    }

    @Test("A lease is renewed for as long as the centre lives", .timeLimit(.minutes(5)))
    func renewal() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running("lease_s: 30") { ports, _ in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                #expect(await edge.step(until: .plan))
                for _ in 0..<200 { #expect(await edge.step().running == .plan) }
            }
        }
    }

    @Test("What is acknowledged is in the store, once, though it was sent twice", .timeLimit(.minutes(5)))
    func readings() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        let stored = try await city.running { ports, _ in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                for _ in 0..<60 {
                    let start = Double(await edge.time)
                    let reading = DetectorReading(detector: "WC in", start: start - 1, length: 1, count: 1)
                    await edge.step([reading, reading])
                }
            }
            return try CentreStore(reading: city.store).readings(detector: "WC in", from: 0, to: 1e9)
        }
        #expect(stored.count == 60)
        #expect(Set(stored.map(\.reading.start)).count == 60)
    }

    @Test("A feed with the right token delivers, and one with another does not", .timeLimit(.minutes(5)))
    func feed() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        let stored: [StoredReading] = try await city.running { ports, _ in
            let reading = DetectorReading(detector: "WC stop", start: 1000, length: 60, count: 12)
            for (token, isKnown) in [("wrong", false), ("roadside", true)] {
                let hello = FeedMessage.Hello(source: "roadside", token: FeedToken(token))
                do {
                    try await FeedClient(port: ports.feed!, hello: hello).run { delivery in
                        try await delivery.send(.init(time: 1060, readings: [reading]))
                        try await delivery.waitUntilAcknowledged()
                    }
                    #expect(isKnown)
                } catch {
                    #expect(!isKnown)
                }
            }
            return try CentreStore(reading: city.store).readings(detector: "WC stop", from: 0, to: 1e9)
        }
        #expect(stored.map(\.reading.count) == [12])
    }

    @Test("A centre that starts again goes on with the plan that ran", .timeLimit(.minutes(5)))
    func restart() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        let other = PlanOfCity.other
        try await city.running { ports, _ in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                await edge.step()
                let answer = try await CityUnderTest.ask(
                    ports, "/api/v1/plan?reason=test", as: "engineer", method: "POST", body: PlanOfCity.document(other))
                #expect(answer.status == 200, "\(answer.text)")
            }
        }
        try await city.running { ports, _ in
            let plan = try await CityUnderTest.ask(ports, "/api/v1/plan", as: "viewer")
            let timings = plan["junctions"] as? [[String: Any]]
            #expect(timings?.first?["cycle_s"] as? Double == other.cycle)
            let junction = try await CityUnderTest.ask(ports, "/api/v1/junctions/J", as: "viewer")
            let origin = junction["origin"] as? [String: Any]
            #expect(origin?["maker"] as? String == "operator")
            #expect(origin?["reason"] as? String == "engineer: test")
        }
    }

    @Test("What people have ordered stands after a restart, until they order otherwise", .timeLimit(.minutes(5)))
    func standingOrders() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        @Sendable func order(_ ports: CityService.Ports, _ path: String) async throws {
            let answer = try await CityUnderTest.ask(ports, "/api/v1/" + path, as: "operator", method: "POST")
            #expect(answer.status == 200, "\(answer.text)")
        }
        try await city.running { ports, _ in
            try await order(ports, "junctions/J/fallback")
            try await order(ports, "districts/district%201/hold")
        }
        try await city.running { ports, _ in
            let districts = try await CityUnderTest.ask(ports, "/api/v1/districts", as: "viewer").json
            #expect((districts as? [[String: Any]])?.first?["isHeld"] as? Bool == true)
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                for _ in 0..<60 { #expect(await edge.step().running == .fallback) }
                try await order(ports, "junctions/J/resume")
                #expect(await edge.step(until: .plan))
            }
        }
        try await city.running { ports, _ in
            let edge = try EdgeOfCity(time: 200_000)
            try await edge.connected(to: ports.edges!) { #expect(await edge.step(until: .plan)) }
        }
    }

    @Test(
        "Of the proposals that waited the newest waits after a restart, and a plan too old for it is none",
        .timeLimit(.minutes(5)))
    func waitingProposals() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        let store = try CentreStore(path: city.store)
        let plan = CentreJSON.text(Plan(network: "small", name: "trial", junctions: [PlanOfCity.other]))
        let ids = try ["district 1", "district 1", "district 1", "gone"].map {
            try store.propose(
                .init(
                    district: $0, origin: .optimiser, plan: plan, delayBefore: 20, delayAfter: 15, time: 0,
                    reason: "trial"))
        }
        try store.close()
        try await city.running("adaptation: {approval: engineer}") { ports, _ in
            let waiting = try await CityUnderTest.ask(ports, "/api/v1/proposals", as: "viewer").json
            #expect((waiting as? [[String: Any]])?.map { $0["id"] as? Int } == [ids[2]])
            let districts = try await CityUnderTest.ask(ports, "/api/v1/districts", as: "viewer").json
            #expect((districts as? [[String: Any]])?.first?["proposal"] as? Int == ids[2])
            let old = try await CityUnderTest.ask(
                ports, "/api/v1/proposals/\(ids[0])/approve", as: "engineer", method: "POST")
            #expect(old.status == 409, "\(old.text)")
        }
    }

    @Test(
        "Where the disk takes nothing, nothing is acknowledged; when it does again, nothing is lost",
        .timeLimit(.minutes(5)))
    func fullDisk() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        let store = try CentreStore(path: city.store, greatestSize: 1 << 20)
        let writer = ReadingWriter(store: store, log: .init(label: "test") { _ in SwiftLogNoOpLogHandler() })
        func batch(_ number: Int) -> [StoredReading] {
            (number * 2000..<number * 2000 + 2000).map { second in
                StoredReading(
                    source: .feed("f"), sequence: second,
                    reading: DetectorReading(detector: "d", start: Double(second), length: 1, count: 1), received: 0)
            }
        }
        let acknowledged = Mutex(0)
        let filling = Task {
            for number in 0..<100 {
                await writer.write(batch(number))
                acknowledged.withLock { $0 += 1 }
                if Task.isCancelled { return }
            }
        }
        while await writer.failure == nil { try await Task.sleep(for: .milliseconds(20)) }
        #expect(await writer.failure?.contains("room") == true)
        let full = acknowledged.withLock { $0 }
        try await Task.sleep(for: .milliseconds(300))
        #expect(acknowledged.withLock { $0 } == full)
        filling.cancel()
        let kept = Double(full - 1) * 2000
        _ = try store.prune(readingsBefore: kept)
        await filling.value
        #expect(await writer.failure == nil)
        // The batch that waited, and the one before that was kept.
        #expect(try store.readings(detector: "d", from: 0, to: 1e9).count == 4000)
    }

    @Test("A plan that ran before is not taken up again where the rules have changed, and an alarm says so")
    func newRules() throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        var network = SmallNetwork.network
        let present = network.junctions[0].programs[0].plan
        func centre(_ store: CentreStore) throws -> CityCentre {
            try CityCentre(
                network: network, plan: Plan(network: network.name, name: "p", junctions: [present]), isSought: true,
                settings: CentreSettings(city.configure()), store: store,
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, clock: { 1000 })
        }
        var broken = present
        broken.greens[0].intervals[0].duration -= 1
        let store = try CentreStore(path: city.store)
        try CityCentre.keep(Plan(network: network.name, name: "running", junctions: [broken]), in: store)
        network.junctions[0].signalGroups[0].leastGreen = present.greens[0].intervals[0].duration
        _ = try centre(store)
        let alarms = try store.events(since: 0, limit: 10).filter { $0.content.severity == .alarm }
        #expect(alarms.count == 1 && alarms[0].content.detail.contains("breaks rules"))
    }

    @Test("A controller that reports without end fills no disk, nor with times to come", .timeLimit(.minutes(5)))
    func floodOfReports() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running { ports, service in
            let hello = EdgeMessage.Hello(versions: [1], junction: "J", software: "test", lastSequence: 0)
            let talker = Task {
                await EdgeClient.run(port: ports.edges!, hello: hello, limits: .simulated, receiver: Talker(count: 150))
            }
            while await service.centre.tally().reports[.clockJumped] != 150 {
                try await Task.sleep(for: .milliseconds(20))
            }
            talker.cancel()
            let events = try service.centre.store.events(since: 0, limit: 10_000)
            #expect((100..<150).contains(events.count))
            #expect(events.allSatisfy { abs($0.content.time) < 1e6 && $0.content.detail.count < 1100 })
        }
    }

    @Test("Who asks half a question is hung up on", .timeLimit(.minutes(5)))
    func halfRequest() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running { ports, _ in
            let caller = Process()
            caller.executableURL = URL(fileURLWithPath: "/bin/bash")
            let address = "/dev/tcp/127.0.0.1/\(ports.http!)"
            caller.arguments = [
                "-c", "exec 3<>\(address); printf 'GET /api/v1/junctions HTTP/1.1\\r\\n' >&3; cat <&3",
            ]
            caller.standardOutput = FileHandle.nullDevice
            try caller.run()
            await caller.end()
            #expect(caller.terminationStatus == 0)
            #expect(try await CityUnderTest.ask(ports, "/api/v1/junctions", as: "viewer").status == 200)
        }
    }
}

/// A controller that reports much at once, as of a time that never comes.
private struct Talker: EdgeClient.Receiver {
    let count: Int

    func connected(_ sender: LinkSender<EdgeMessage>, _ welcome: CentreMessage.Welcome) {
        let detail = String(repeating: "x", count: 5000)
        for _ in 0..<count {
            sender.send(.report(EdgeReport(event: .clockJumped, time: 1e300, detail: detail)))
        }
    }

    func received(_ message: CentreMessage) {}
}

/// Plans for the small network.
enum PlanOfCity {
    /// Another plan than the present one, which keeps every rule.
    static let other: JunctionPlan = {
        var plan = SmallNetwork.junction.programs[0].plan
        plan.offset = plan.offset == 0 ? 5 : 0
        return plan
    }()

    /// All groups green together.
    static let conflicting: JunctionPlan = {
        var plan = SmallNetwork.junction.programs[0].plan
        for group in plan.greens.indices { plan.greens[group].intervals = [GreenInterval(start: 0, duration: 10)] }
        return plan
    }()

    static func document(_ timing: JunctionPlan) throws -> Data {
        try JSONDocument.encode(Plan(network: "small", name: "trial", junctions: [timing]))
    }
}
