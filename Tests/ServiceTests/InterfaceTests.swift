import CentreStore
import Foundation
import PrometheusMetrics
import SignalModel
import TestSupport
import Testing

@testable import Service

@Suite("The HTTP interface of the centre")
struct InterfaceTests {
    /// Paths of `openapi.json` with method and least role.
    private static let documented: Set<String> = {
        let document = (try? JSONSerialization.jsonObject(with: Data(PackageResources.openapi_json))) as? [String: Any]
        var found: Set<String> = []
        for (path, operations) in document?["paths"] as? [String: [String: [String: Any]]] ?? [:] {
            for (method, operation) in operations {
                found.insert("\(method.uppercased()) \(path) \(operation["x-role"] as? String ?? "")")
            }
        }
        return found
    }()

    @Test("The OpenAPI document has every endpoint with its role, and no other")
    func document() throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        let service = try CityService(
            city.configure(), metrics: PrometheusRegistry(), log: .init(label: "test"))
        let interface = HTTPInterface(centre: service.centre, people: [], metrics: service.metrics)
        let real = Set(
            interface.endpoints.map { "\($0.method.rawValue) \($0.path) \($0.role?.rawValue ?? "anybody")" })
        #expect(real == Self.documented)
        #expect(real.count > 25)
    }

    @Test("Nobody gets further than the role allows", .timeLimit(.minutes(5)))
    func roles() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running { ports, _ in
            for entry in Self.documented.sorted() {
                let words = entry.split(separator: " ").map(String.init)
                guard words[1] != "/api/v1/stream", let least = Role(rawValue: words[2]) else { continue }
                let path = words[1].replacingOccurrences(of: "{junction}", with: "J")
                    .replacingOccurrences(of: "{id}", with: "999").replacingOccurrences(of: "{district}", with: "none")
                    .replacingOccurrences(of: "{detector}", with: "WC%20in")
                for asking in [nil, "wrong"] + Role.allCases.map({ Optional($0.rawValue) }) {
                    let status = try await CityUnderTest.ask(ports, path, as: asking, method: words[0]).status
                    let role = asking.flatMap { Role(rawValue: $0) }
                    switch role {
                    case nil: #expect(status == 401, "\(entry)")
                    case let role? where role < least: #expect(status == 403, "\(entry) as \(role.rawValue)")
                    default: #expect(status != 401 && status != 403, "\(entry): \(status)")
                    }
                    // Well within what one person may ask in a second.
                    try await Task.sleep(for: .milliseconds(40))
                }
            }
        }
    }

    @Test("A forced fallback reaches the controller, and its end brings the plan back", .timeLimit(.minutes(5)))
    func fallback() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running { ports, service in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                #expect(await edge.step(until: .plan))
                let order = Data(#"{"reason": "road works"}"#.utf8)
                let forced = try await CityUnderTest.ask(
                    ports, "/api/v1/junctions/J/fallback", as: "operator", method: "POST", body: order)
                #expect(forced["isForcedToFallback"] as? Bool == true)
                #expect(await edge.step(until: .fallback))
                for _ in 0..<150 { #expect(await edge.step().running == .fallback) }
                _ = try await CityUnderTest.ask(ports, "/api/v1/junctions/J/resume", as: "operator", method: "POST")
                #expect(await edge.step(until: .plan))
            }
            let audit = try await CityUnderTest.ask(ports, "/api/v1/audit", as: "engineer")
            let entries = audit.json as? [[String: Any]]
            #expect(entries?.compactMap { $0["action"] as? String } == ["fallback.ended", "fallback.ordered"])
            #expect((entries?.last?["detail"] as? String)?.contains("road works") == true)
            let verdict = try CentreStore(reading: city.store).audit.verify()
            guard case .intact(count: 2, _) = verdict else {
                Issue.record("\(verdict)")
                return
            }
        }
    }

    @Test("A plan that is not safe is refused, and the controller never hears of it", .timeLimit(.minutes(5)))
    func unsafePlan() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running { ports, _ in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                #expect(await edge.step(until: .plan))
                let before = try await CityUnderTest.ask(ports, "/api/v1/junctions/J/leases", as: "viewer").text
                let answer = try await CityUnderTest.ask(
                    ports, "/api/v1/plan", as: "engineer", method: "POST",
                    body: PlanOfCity.document(PlanOfCity.conflicting))
                #expect(answer.status == 422)
                #expect((answer["error"] as? String)?.contains("breaks rules") == true)
                await edge.step()
                let after = try await CityUnderTest.ask(ports, "/api/v1/junctions/J/leases", as: "viewer").text
                #expect(before == after)
            }
        }
    }

    @Test("A rejected plan never runs; an approved one does; neither can be decided on twice", .timeLimit(.minutes(5)))
    func proposals() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running("adaptation: {approval: engineer}") { ports, service in
            let edge = try EdgeOfCity()
            try await edge.connected(to: ports.edges!) {
                #expect(await edge.step(until: .plan))
                let plan = CentreJSON.text(Plan(network: "small", name: "trial", junctions: [PlanOfCity.other]))
                let ids = try (0..<2).map { _ in
                    try service.centre.store.propose(
                        .init(
                            district: "district 1", origin: .optimiser, plan: plan, delayBefore: 20, delayAfter: 15,
                            time: 100_000, reason: "trial"))
                }
                func order(_ id: Int, _ word: String) async throws -> CityUnderTest.Answer {
                    try await CityUnderTest.ask(
                        ports, "/api/v1/proposals/\(id)/\(word)", as: "engineer", method: "POST")
                }
                let rejected = try await order(ids[0], "reject")
                #expect(rejected["state"] as? String == "rejected", "\(rejected.text)")
                #expect(try await order(ids[0], "approve").status == 409)
                for _ in 0..<5 { await edge.step() }
                let kept = try await CityUnderTest.ask(ports, "/api/v1/junctions/J", as: "viewer")
                #expect((kept["plan"] as? [String: Any])?["offset_s"] as? Double != PlanOfCity.other.offset)
                let approved = try await order(ids[1], "approve")
                #expect(approved["state"] as? String == "approved", "\(approved.text)")
                #expect(try await order(ids[1], "reject").status == 409)
                let runs = try await CityUnderTest.ask(ports, "/api/v1/junctions/J", as: "viewer")
                #expect((runs["plan"] as? [String: Any])?["offset_s"] as? Double == PlanOfCity.other.offset)
                #expect(try await order(12345, "approve").status == 404)
            }
        }
    }

    @Test(
        "What is asked wrongly is answered with what was expected", .timeLimit(.minutes(5)),
        arguments: [
            ("GET", "/api/v1/junctions/none", 404), ("GET", "/api/v1/junctions/J/leases?limit=0", 400),
            ("GET", "/api/v1/junctions/J/leases?limit=x", 400),
            ("GET", "/api/v1/detectors/none/history?from=0&to=1", 404),
            ("GET", "/api/v1/detectors/WC%20in/history?from=0", 400),
            ("GET", "/api/v1/detectors/WC%20in/history?from=1&to=0", 409),
            ("GET", "/api/v1/events?open=x", 400), ("GET", "/api/v1/proposals?state=strange", 404),
            ("GET", "/api/v1/proposals/0", 400),
            ("GET", "/api/v1/proposals/x", 400), ("GET", "/api/v1/vital-signs", 409), ("GET", "/nowhere", 404),
            ("POST", "/api/v1/what-if", 400), ("POST", "/api/v1/plan", 400),
            ("POST", "/api/v1/districts/none/hold", 404),
        ])
    func wrong(method: String, path: String, status: Int) async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        let answer = try await city.running { ports, _ in
            try await CityUnderTest.ask(ports, path, as: "engineer", method: method)
        }
        #expect(answer.status == status, "\(answer.text)")
        if path != "/nowhere" { #expect((answer["error"] as? String)?.isEmpty == false) }
    }

    @Test("Somebody who asks too often is told so", .timeLimit(.minutes(5)))
    func tooOften() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        try await city.running { ports, _ in
            // More at once than anybody may ask, however slow the machine is.
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<400 { group.addTask { try await CityUnderTest.ask(ports, "/health").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.contains(429))
            #expect(statuses.contains(200))
        }
    }
}
