import Foundation
import Testing

@Suite("Broken greenband documents at the command line")
struct BrokenDocumentsTests {
    typealias Object = [String: Any]

    /// Commands with the document that they are given as `FILE`.
    enum Command: String {
        case program = "export sumo-program network.json FILE -o OUT"
        case check = "check network.json FILE"
        case evaluatePlan = "evaluate network.json FILE --flows flows.json"
        case evaluateFlows = "evaluate network.json plan.json --flows FILE"
        case optimize = "optimize network.json --flows FILE --effort 1 -o OUT"
        case routes = "export sumo-routes network.json --flows FILE -o OUT"
        case network = "export sumo-network FILE --folder . --name N"
        case routesOfNetwork = "export sumo-routes FILE --flows flows.json -o OUT"
        case optimizeNetwork = "optimize FILE --flows flows.json --effort 1 -o OUT"
        case compareNetwork = "compare FILE present --flows flows.json"
        case counts = "flows network.json --counts FILE.json -o OUT"

        var arguments: [String] { rawValue.split(separator: " ").map(String.init) }

        /// The sound document that the broken one is made from.
        var sound: String {
            switch self {
            case .program, .check, .evaluatePlan: "plan.json"
            case .evaluateFlows, .optimize, .routes: "flows.json"
            case .network, .routesOfNetwork, .optimizeNetwork, .compareNetwork: "network.json"
            case .counts: "counts.csv"
            }
        }
    }

    private static func document(
        _ name: String, _ command: Command, _ change: (inout Object) -> Void, code: Int32 = 65, _ message: String...
    ) -> BrokenInput {
        let sound = SoundInput.files[command.sound] ?? Data()
        var object = (try? JSONSerialization.jsonObject(with: sound)) as? Object ?? [:]
        change(&object)
        let data = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
        return BrokenInput(
            "\(name): \(command)", files: ["FILE": data], command.arguments, code: code,
            (code == 65 ? ["FILE: "] : []) + message)
    }

    /// Changes the first of a list of objects.
    private static func first(_ list: String, in object: inout Object, _ change: (inout Object) -> Void) {
        var entries = object[list] as? [Object] ?? []
        if !entries.isEmpty { change(&entries[0]) }
        object[list] = entries
    }

    private static func timing(
        _ name: String, _ command: Command, _ key: String, _ value: Any, code: Int32 = 65, _ message: String...
    ) -> BrokenInput {
        var broken = document(name, command, { first("junctions", in: &$0) { $0[key] = value } }, code: code)
        broken.message += message
        return broken
    }

    private static func greens(
        _ name: String, _ command: Command, _ key: String, _ value: Any, code: Int32 = 65, _ message: String...
    ) -> BrokenInput {
        let change = { (object: inout Object) in
            first("junctions", in: &object) { first("greens", in: &$0) { $0[key] = value } }
        }
        var broken = document(name, command, change, code: code)
        broken.message += message
        return broken
    }

    static let plans: [BrokenInput] = [
        document("a plan for another network", .program, { $0["network"] = "other" }, "network", "\"other\""),
        document("a plan for another network", .evaluatePlan, { $0["network"] = "other" }, "network", "\"other\""),
        timing("an unknown junction", .program, "junction", "Z", "junctions[0]", "\"Z\""),
        timing("an unknown junction", .check, "junction", "Z", code: 1),
        greens("an unknown group", .program, "group", "Z", "greens[0]", "\"Z\""),
        greens("an unknown group", .check, "group", "Z", code: 1),
        timing("a cycle of no length", .program, "cycle_s", 0, "junctions[0]", "cycle_s"),
        timing("a cycle of 10^30 s", .program, "cycle_s", 1e30, "junctions[0]", "cycle_s", "1e+30"),
        timing("an offset of 10^30 s", .program, "offset_s", 1e30, "junctions[0]", "offset_s", "1e+30"),
        timing("a plan without greens", .check, "greens", [Object](), code: 1),
        greens(
            "a green of 10^30 s", .program, "intervals", [["start_s": 0, "duration_s": 1e30]], "greens[0]",
            "duration_s", "1e+30"),
        greens(
            "a green before the cycle", .program, "intervals", [["start_s": -5, "duration_s": 9]], "greens[0]",
            "start_s", "-5"),
        greens(
            "twenty thousand greens", .program, "intervals",
            (0..<20_000).map { ["start_s": Double($0) / 1000, "duration_s": 0.0005] }, "greens[0]", "intervals"),
        document("flows for a plan", .check, { $0["format"] = "greenband-flows" }, "format", "greenband-plan"),
    ]

    static let flows: [BrokenInput] = [
        document("no intervals", .evaluateFlows, { $0["intervalCount"] = 0 }, "interval"),
        document("less than no intervals", .optimize, { $0["intervalCount"] = -1 }, "interval", "-1"),
        document("10^9 intervals", .evaluateFlows, { $0["intervalCount"] = 1_000_000_000 }, "interval"),
        document("10^9 intervals", .optimize, { $0["intervalCount"] = 1_000_000_000 }, "interval"),
        document("10^18 intervals", .routes, { $0["intervalCount"] = 1_000_000_000_000_000_000 }, "interval"),
        document("intervals of no length", .evaluateFlows, { $0["intervalLength_s"] = 0 }, "interval"),
        document("intervals of negative length", .routes, { $0["intervalLength_s"] = -300 }, "interval", "-300"),
        document("intervals of 10^9 s", .optimize, { $0["intervalLength_s"] = 1e9 }, "interval", "1000000000"),
        document("intervals of 10^30 s", .evaluateFlows, { $0["intervalLength_s"] = 1e30 }, "interval", "1e+30"),
        document("intervals of a day", .optimize, { $0["intervalLength_s"] = 86_400 }, "at most 86400"),
    ]

    private static func movement(
        _ name: String, _ command: Command, _ key: String, _ value: Any, _ message: String...
    ) -> BrokenInput {
        var broken = document(name, command, { first("movements", in: &$0) { $0[key] = value } }, "movements[0]")
        broken.message += [key] + message
        return broken
    }

    /// Flows that do not fit the network or their own number of intervals.
    static let unfit: [BrokenInput] = [
        document("more intervals than flows", .evaluateFlows, { $0["intervalCount"] = 9 }, "movements[0]"),
        document("fewer intervals than flows", .optimize, { $0["intervalCount"] = 5 }, "movements[0]"),
        movement("a flow too few", .optimize, "flow_vehPerHour", [1, 2, 3, 4, 5]),
        movement("a flow too many", .routes, "flow_vehPerHour", [1, 2, 3, 4, 5, 6, 7]),
        movement("less than no flow", .evaluateFlows, "flow_vehPerHour", [-5, 2, 3, 4, 5, 6], "-5"),
        movement("a flow of 10^30", .optimize, "flow_vehPerHour", [1e30, 2, 3, 4, 5, 6], "1e+30"),
        movement("an unknown movement", .evaluateFlows, "movement", "Z", "\"Z\""),
        movement("flows without lanes", .optimize, "laneShares", [Double]()),
        movement("shares in per cent", .evaluateFlows, "laneShares", [100], "100"),
        timing("an unknown junction", .evaluatePlan, "junction", "Z", "junctions[0]", "\"Z\""),
        greens("an unknown group", .evaluatePlan, "group", "Z", "greens[0]", "\"Z\""),
        timing("a cycle of 10^30 s", .evaluatePlan, "cycle_s", 1e30, "junctions[0]", "cycle_s", "1e+30"),
        document(
            "signal -1", .network,
            { first("movements", in: &$0) { first("connections", in: &$0) { $0["signalIndex"] = -1 } } },
            "movements[0]", "signalIndex"),
        document(
            "a link of 10^30 m", .network, { first("links", in: &$0) { $0["length_m"] = 1e30 } }, "links[0]", "length_m"
        ),
    ]

    /// Takes all signals out of a network.
    private static func removeSignals(_ network: inout Object) {
        network["junctions"] = [Object]()
        network["nodes"] = (network["nodes"] as? [Object] ?? []).map { node in
            node.merging(node["control"] as? String == "signals" ? ["control": "priority"] : [:]) { $1 }
        }
        network["movements"] = (network["movements"] as? [Object] ?? []).map { movement in
            var movement = movement
            movement["signalGroup"] = nil
            movement["connections"] = (movement["connections"] as? [Object] ?? []).map { connection in
                connection.filter { $0.key != "signalIndex" }
            }
            return movement
        }
    }

    static let others: [BrokenInput] = [
        document(
            "no signals to plan for", .optimizeNetwork, removeSignals, "FILE: junctions: expected at least one",
            "found none"),
        document(
            "no signals to compare plans of", .compareNetwork, removeSignals, "FILE: junctions: expected at least one",
            "found none"),
        document(
            "a state string of 10^12 signals", .network,
            { first("junctions", in: &$0) { $0["signalCount"] = 1_000_000_000_000 } }, "junctions[0]", "signal"),
        BrokenInput(
            "a link of two words for netconvert", in: "network.json", "\"WC\"", "\"W C\"", Command.network.arguments,
            "FILE: links[0].id: expected a name that SUMO takes", "\"W C\""),
        BrokenInput(
            "a link of two words in routes", in: "network.json", "\"WC\"", "\"W C\"",
            Command.routesOfNetwork.arguments, "FILE: links[0].id: expected a name that SUMO takes", "\"W C\""),
        BrokenInput(
            "a plan cut short", files: ["FILE": (SoundInput.files["plan.json"] ?? Data()).prefix(300)],
            Command.evaluatePlan.arguments, ["FILE:", ": not well formed: not JSON"]),
        BrokenInput(
            "flows nested a million deep", files: ["FILE": Data(repeating: UInt8(ascii: "["), count: 1_000_000)],
            Command.optimize.arguments, ["FILE: ", "nested too deep"]),
        BrokenInput(
            "a network of bytes", files: ["FILE": Data((0..<9999).map { UInt8(truncatingIfNeeded: $0 * 31) })],
            Command.network.arguments, ["FILE: "]),
        BrokenInput(
            "an empty JSON document of counts", files: ["FILE.json": Data()], Command.counts.arguments,
            ["FILE.json: ", "empty"]),
        BrokenInput(
            "a network for counts", files: ["FILE.json": SoundInput.files["network.json"] ?? Data()],
            Command.counts.arguments, ["FILE.json: ", "format", "greenband-counts"]),
    ]

    @Test("ends with its exit code and a message that names the place", arguments: plans + flows + unfit + others)
    func refused(_ broken: BrokenInput) throws { try broken.judge() }
}
