import Foundation
import SignalModel
import StageControl
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("The control room in Chromium", .serialized, .timeLimit(.minutes(5)))
struct ControlRoomTests {
    private static let isExpected = ProjectFolder.isBrowserExpected
    private static let absence: Comment = "Chromium or .venv is not there (Tools/setup): the test is skipped"

    /// What a line of look_at_room.py says.
    private struct Line<Sight: Decodable>: Decodable {
        var `do`: String?
        var seen: Sight?
    }

    /// Has somebody visit the room of a centre with two controllers, and returns what was seen.
    private func visit<Sight: Decodable & Sendable>(
        _ visit: String, _ sight: Sight.Type, network: Network = NetworkOfTwo.network, control: String = ""
    ) async throws -> Sight {
        let city = try CityUnderTest(network)
        defer { city.remove() }
        let more = """
            adaptation: {every_s: 60, window_s: 240, approval: engineer}
            districts: [{name: west, junctions: [J]}, {name: east, junctions: [K]}]
            \(control)
            """
        return try await city.running(more) { ports, service in
            try await StreetOfRoom.running(ports, service.centre) { street in
                try await Self.talk(
                    ["http://127.0.0.1:\(ports.http!)/", visit, Self.pictures ?? city.folder], street, sight)
            }
        }
    }

    /// Where pictures are to stay.
    private static let pictures = ProcessInfo.processInfo.environment["ROOM_PICTURES"]

    private static func talk<Sight: Decodable & Sendable>(
        _ arguments: [String], _ street: StreetOfRoom, _ sight: Sight.Type
    ) async throws -> Sight {
        let process = Process()
        let (orders, answers) = (Pipe(), Pipe())
        process.executableURL = ProjectFolder.python
        process.arguments =
            [ProjectFolder.root.appendingPathComponent("Tests/ServiceTests/look_at_room.py").path] + arguments
        (process.standardInput, process.standardOutput) = (answers, orders)
        let (lines, line) = AsyncStream<Data>.makeStream()
        let rest = Mutex(Data())
        orders.fileHandleForReading.readabilityHandler = { handle in
            let new = handle.availableData
            rest.withLock { rest in
                rest += new
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    line.yield(Data(rest[..<end]))
                    rest = Data(rest[(end + 1)...])
                }
            }
            if new.isEmpty { line.finish() }
        }
        defer { orders.fileHandleForReading.readabilityHandler = nil }
        try process.run()
        defer { process.terminate() }
        for await data in lines {
            let said = try JSONDecoder().decode(Line<Sight>.self, from: data)
            if let seen = said.seen { return seen }
            let outcome = try await street.perform(said.do ?? "")
            try answers.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(outcome) + Data("\n".utf8))
        }
        throw StreetOfRoom.Unknown(what: "the visit ended early")
    }

    private struct Sideways: Decodable {
        var width: Int
        var hidden: [String]
    }

    private struct Look: Decodable {
        struct Chinese: Decodable {
            var language, title, heading, dialog, of_browser: String
            var axe, english: [String]
            var sideways: Sideways
        }
        var axe_sign_in, axe, axe_dialog, axe_phone, wrong, vital, messages, elsewhere: [String]
        var tampered, schema_faults: [String]
        var schemas, numbers, dialog_numbers: Int
        var points: [String: Int]
        var phone: Sideways
        var chinese: Chinese
    }

    @Test(
        "Every number is the interface's, in both languages, on a desk and on a phone, and everybody can read it",
        .enabled(if: isExpected, absence))
    func looks() async throws {
        let seen = try await visit("look_around", Look.self)
        #expect(seen.wrong.isEmpty && seen.tampered.count == 1)
        #expect(seen.schema_faults == [] && seen.schemas > 10, "\(seen.schemas)")
        #expect(seen.numbers >= 30 && seen.dialog_numbers >= 8, "\(seen.numbers), \(seen.dialog_numbers)")
        let shown: Set = [
            "status", "time", "connected", "onLease", "degradedShare", "inFallback", "detectors", "flow", "delay",
            "saturation", "saturated", "spillback", "expected",
        ]
        #expect(Set(seen.vital) == shown)
        for key in ["operation", "vitalSigns", "demand", "forecast"] {
            #expect(seen.points[key, default: 0] > 1, "\(key)")
        }
        #expect(seen.axe_sign_in == [] && seen.axe == [] && seen.axe_dialog == [] && seen.axe_phone == [])
        #expect(seen.phone.width <= 390 && seen.phone.hidden == [], "\(seen.phone)")
        #expect(seen.messages == [] && seen.elsewhere == [])
        #expect(seen.chinese.language == "zh-Hans" && seen.chinese.of_browser == "zh-Hans")
        #expect(seen.chinese.title == "greenband 控制室" && seen.chinese.heading == "生命体征")
        #expect(seen.chinese.dialog == "路口 J")
        #expect(seen.chinese.axe == [] && seen.chinese.sideways.width <= 390)
        let names: Set = ["English", "west", "east", "main", "side", "walk", "stop"]
        #expect(Set(seen.chinese.english).subtracting(names) == [])
    }

    private struct Faults: Decodable {
        var delays: [String: Double]
        var messages, axe: [String]
        var first: String
    }

    @Test("A fault is on the page, and told to who does not see it, within 2 s", .enabled(if: isExpected, absence))
    func faults() async throws {
        let seen = try await visit("faults", Faults.self)
        #expect(Set(seen.delays.keys) == ["hang up", "fail lamps", "silence", "call", "cut"])
        for (fault, delay) in seen.delays where fault != "call" {
            #expect(delay >= 0 && delay < 2, "\(fault): \(delay) s")
        }
        print("seen after, s: \(seen.delays)")
        // What somebody must act on stands first.
        #expect(seen.first == "alarm")
        #expect(seen.messages == [] && seen.axe == [])
    }

    private struct Outage: Decodable {
        var quiet: String
        var lost_after, back_after: Double
        var messages: [String]
    }

    @Test(
        "Where the centre does not answer, the page says so, and then shows how things are",
        .enabled(if: isExpected, absence))
    func outage() async throws {
        let seen = try await visit("outage", Outage.self)
        #expect(seen.quiet == "Live")
        // Six seconds without a word, though the connection stands.
        #expect(seen.lost_after < 9 && seen.back_after < 4, "\(seen.lost_after) s, \(seen.back_after) s")
        #expect(seen.messages == [])
    }

    private struct Steered: Decodable {
        var decision: StageDecision
        var wrong, axe, messages: [String]
        var numbers: Int
        var rows: [[String]]
        var caption: String
    }

    @Test(
        "What control of the second decided last, and what else it could have, is told",
        .enabled(if: isExpected, absence))
    func steered() async throws {
        let seen = try await visit(
            "steered", Steered.self, network: NetworkOfTwo.steered, control: "control: {lease_s: 6}")
        #expect(seen.decision.groups == ["side", "walk"])
        #expect(
            seen.rows.map { $0[0] } == seen.decision.alternatives.map { $0.groups.map(\.text).joined(separator: ", ") })
        #expect(seen.rows.filter { $0[1].hasSuffix(", wanted") }.map { $0[0] } == ["side, walk"])
        #expect(seen.numbers == 1 + seen.decision.alternatives.count { $0.cost != nil })
        #expect(
            seen.caption.hasPrefix("Last decision, for ") && seen.caption.contains("it costs least"), "\(seen.caption)")
        #expect(seen.wrong == [] && seen.axe == [] && seen.messages == [])
    }

    private struct Orders: Decodable {
        struct Proposal: Decodable {
            struct Decision: Decodable { var by, reason: String }
            var state: String
            var decisions: [Decision]
        }
        struct Street: Decodable {
            var greens: [Int]?
            var offsets: [Double]?
            var running: String?
        }
        var actions: [String: [String]]
        var refused: [String: Int]
        var tabs: Int?
        var held: [String]
        var held_shown: String
        var focus_after, focus_kept, approved, order_error, unknown_token: String
        var acknowledged_by: String?
        var rejected: Proposal
        var after_rejecting, after_approving, forced: Street
        var messages: [String]
    }

    @Test(
        "A rejected plan never reaches the controller, an approved one does; who may not, cannot",
        .enabled(if: isExpected, absence))
    func orders() async throws {
        let seen = try await visit("orders", Orders.self)
        #expect(seen.actions["viewer"] == [])
        #expect(seen.actions["operator"] == ["acknowledge", "hold", "toFallback"])
        #expect(seen.actions["engineer"] == ["acknowledge", "approve", "hold", "reject", "toFallback"])
        #expect(seen.refused == ["viewer": 403, "operator": 403])
        #expect(seen.rejected.state == "rejected")
        #expect(seen.rejected.decisions.map(\.by) == ["engineer"])
        #expect(seen.rejected.decisions.map(\.reason) == ["school holidays"])
        // Neither was it leased, nor do the lamps show it; the other one is, and they do.
        let present = SmallNetwork.timing.offset
        #expect(seen.after_rejecting.offsets == [present])
        #expect(Set(seen.after_rejecting.greens ?? []) == [Int(present)])
        #expect(seen.approved == "approved")
        #expect(seen.after_approving.offsets == [PlanOfCity.other.offset, present].sorted())
        #expect(Set(seen.after_approving.greens ?? []) == [Int(PlanOfCity.other.offset)])
        #expect(seen.tabs != nil && seen.focus_after == "proposal-title" && seen.focus_kept == "approve")
        #expect(seen.acknowledged_by == "operator")
        #expect(seen.held == ["west"] && seen.held_shown == "west: 1 junctions, held by order")
        #expect(seen.forced.running == "fallback")
        #expect(seen.order_error.contains("rejected already"))
        #expect(seen.unknown_token == "The centre does not know this token.")
        #expect(seen.messages == [])
    }
}
