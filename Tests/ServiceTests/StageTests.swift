import ControllerLink
import Formats
import Foundation
import SignalModel
import StageControl
import TestSupport
import Testing

@testable import Service

@Suite("Control of the second by the centre")
struct StageTests {
    private static let control = "control: {lease_s: 6}"

    /// A city whose junction has loops, and how its controller reports them.
    private struct City {
        let centre: CityUnderTest
        let loops: [DetectorID]

        init() throws {
            centre = try CityUnderTest()
            var network = SmallNetwork.network
            let own = network.detectorsForControl()
            network.detectors += own
            loops = own.map(\.id)
            try JSONDocument.encode(network).write(to: URL(fileURLWithPath: centre.folder + "/network.json"))
        }

        /// What the loops say of the second before a time, with vehicles that stand on some of them.
        func readings(at time: Int, covered: Set<DetectorID> = []) -> [DetectorReading] {
            loops.map { loop in
                DetectorReading(
                    detector: loop, start: Double(time - 1), length: 1, count: 0,
                    occupancy: covered.contains(loop) ? 1 : 0,
                    isPresent: covered.contains(loop))
            }
        }

        /// The loop at the stop line of the side road.
        var sideStopLine: DetectorID { loops.first { $0.text.hasPrefix("SC_0/loop/97") }! }

        /// Lets seconds pass.
        func run(_ seconds: Int, _ edge: EdgeOfCity, covered: Set<DetectorID> = []) async -> [EdgeMessage.Status] {
            var statuses: [EdgeMessage.Status] = []
            for _ in 0..<seconds {
                statuses.append(await edge.step(readings(at: await edge.time, covered: covered)))
            }
            return statuses
        }
    }

    @Test("Who stands at a loop gets green by a lease of seconds, and the interface says why", .timeLimit(.minutes(5)))
    func demand() async throws {
        let city = try City()
        defer { city.centre.remove() }
        try await city.centre.running(Self.control) { ports, _ in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                _ = await city.run(30, edge)
                let statuses = await city.run(40, edge, covered: [city.sideStopLine])
                #expect(statuses.allSatisfy { $0.running == .groups })
                #expect(statuses.last?.aspects[1] == .green)
                let answer = try await CityUnderTest.ask(ports, "/api/v1/junctions/J/decisions?limit=30", as: "viewer")
                #expect(answer.status == 200)
                let decisions = try JSONDecoder().decode([StageDecision].self, from: answer.body)
                #expect(decisions.count == 30)
                #expect(zip(decisions, decisions.dropFirst()).allSatisfy { $0.time == $1.time + 1 })
                let chosen = try #require(decisions.first { $0.reason == "cheapest" })
                let costs = chosen.alternatives.compactMap(\.cost)
                let own = try #require(chosen.alternatives.first { $0.groups == chosen.groups }?.cost)
                #expect(own == costs.min())
                let nowhere = try await CityUnderTest.ask(ports, "/api/v1/junctions/K/decisions", as: "viewer")
                #expect(nowhere.status == 404)
            }
        }
    }

    @Test(
        "Loops that fall silent, a held district and an ordered fallback end it, each with its own programme",
        .timeLimit(.minutes(5)))
    func rest() async throws {
        let city = try City()
        defer { city.centre.remove() }
        try await city.centre.running(Self.control) { ports, service in
            let edge = try EdgeOfCity()
            let requester = Requester(name: "test", role: .operator)
            try await edge.connected(to: ports.edges!) {
                #expect(await city.run(20, edge).last?.running == .groups)
                var running: [RunningContent] = []
                for _ in 0..<15 { running.append(await edge.step().running) }
                #expect(running.last == .plan)
                #expect(await city.run(5, edge).last?.running == .groups)
                let district = try #require(await service.centre.districtViews().first?.name)
                try await service.centre.hold(district: district, true, by: requester, reason: "")
                #expect(await city.run(4, edge).last?.running == .plan)
                try await service.centre.hold(district: district, false, by: requester, reason: "")
                #expect(await city.run(4, edge).last?.running == .groups)
                try await service.centre.force("J", toFallback: true, by: requester, reason: "")
                #expect(await city.run(20, edge).last?.running == .fallback)
                try await service.centre.force("J", toFallback: false, by: requester, reason: "")
                #expect(await city.run(4, edge).last?.running == .groups)
            }
        }
    }

    @Test("A bus that asks gets green where nobody is seen, until it says that it has passed", .timeLimit(.minutes(5)))
    func priority() async throws {
        let city = try City()
        defer { city.centre.remove() }
        try await city.centre.running(Self.control) { ports, service in
            let edge = try EdgeOfCity()
            @Sendable func ask(_ path: String, as role: String = "operator", _ body: String = "") async throws -> Int {
                try await CityUnderTest.ask(
                    ports, "/api/v1/junctions/J/priority\(path)", as: role, method: "POST", body: Data(body.utf8)
                ).status
            }
            @Sendable func body(_ movement: String, _ arrival: Int, people: Double = 80) -> String {
                "{\"id\": \"bus 7\", \"kind\": \"transit\", \"movement\": \"\(movement)\", \"arrival\": \(arrival), \"people\": \(people)}"
            }
            try await edge.connected(to: ports.edges!) {
                let mainStopLine = city.loops.first { $0.text.hasPrefix("WC_0/loop/97") }!
                _ = await city.run(40, edge, covered: [mainStopLine])
                let now = await edge.time
                #expect(try await ask("", as: "viewer", body("SC>CE", now + 10)) == 403)
                #expect(try await ask("", body("nowhere", now + 10)) == 422)
                #expect(try await ask("", body("SC>CE", now + 10_000)) == 422)
                #expect(try await ask("", body("SC>CE", now + 10, people: -1)) == 422)
                #expect(try await ask("", "{}") == 400)
                #expect(try await ask("", body("SC>CE", now + 15)) == 204)
                let statuses = await city.run(25, edge, covered: [mainStopLine])
                #expect(statuses.contains { $0.aspects[1] == .green })
                let answer = try await CityUnderTest.ask(ports, "/api/v1/junctions/J/decisions?limit=1", as: "viewer")
                let decision = try JSONDecoder().decode([StageDecision].self, from: answer.body).first
                #expect(decision?.priority == ["bus 7"])
                // News of its arrival are no event.
                #expect(try await ask("", body("SC>CE", now + 30)) == 204)
                let events = try await service.centre.events(limit: 1000)
                #expect(events.count { $0.detail.contains("bus 7") } == 1)
                #expect(try await ask("/bus%207/end") == 204)
                #expect(try await ask("/bus%207/end") == 404)
            }
        }
    }

    @Test("Without the centre a lease of seconds lapses, and the fallback programme runs", .timeLimit(.minutes(5)))
    func lost() async throws {
        let city = try City()
        defer { city.centre.remove() }
        let edge = try EdgeOfCity()
        try await city.centre.running(Self.control) { ports, _ in
            try await edge.connected(to: ports.edges!) {
                #expect(await city.run(20, edge).last?.running == .groups)
            }
        }
        let statuses = await city.run(8, edge)
        #expect(statuses.last?.running == .fallback)
    }

    @Test(
        "Detectors of control are known and sound; their readings are acknowledged and not kept",
        .timeLimit(.minutes(5)))
    func detectors() async throws {
        let city = try City()
        defer { city.centre.remove() }
        try await city.centre.running(Self.control) { ports, service in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                _ = await city.run(10, edge)
                let views = await service.centre.detectors().filter { city.loops.contains($0.detector) }
                #expect(views.count == city.loops.count && views.allSatisfy { $0.condition == "sound" })
                let loop = city.loops[0].text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
                let history = try await CityUnderTest.ask(
                    ports, "/api/v1/detectors/\(loop)/history?from=99000&to=101000", as: "viewer")
                #expect(history.status == 200 && (history.json as? [Any])?.isEmpty == true, "\(history.text)")
            }
        }
    }
}
