import Foundation
import TestSupport
import Testing

@Suite("Broken CityFlow files at the command line")
struct BrokenCityFlowTests {
    typealias Object = CityFlowCrossroads.Object

    private static func data(_ value: Any) -> Data {
        (try? JSONSerialization.data(withJSONObject: value, options: .sortedKeys)) ?? Data()
    }

    private static func net(_ name: String, _ data: Data, _ message: [String]) -> BrokenInput {
        BrokenInput(name, files: ["FILE": data], ["import", "cityflow", "FILE", "-o", "OUT"], message)
    }

    private static func net(
        _ name: String, _ change: (inout CityFlowCrossroads) -> Void, _ message: String...
    ) -> BrokenInput {
        var crossroads = CityFlowCrossroads()
        change(&crossroads)
        return net(name, data(crossroads.roadnet), ["FILE: "] + message)
    }

    private static func road(_ name: String, _ key: String, _ value: Any, _ message: String...) -> BrokenInput {
        var broken = net(name, { $0.changeElement("roads", 0) { $0[key] = value } })
        broken.message += message
        return broken
    }

    private static func phase(_ name: String, _ key: String, _ value: Any, _ message: String...) -> BrokenInput {
        var broken = net(name, { $0.changePhases { $0[1][key] = value } }, "trafficLight.lightphases[1]")
        broken.message += message
        return broken
    }

    private static func flow(_ name: String, _ data: Data, _ message: [String]) -> BrokenInput {
        let line = "import cityflow roadnet.json --flow FILE -o OUT --counts COUNTS --flows FLOWS"
        return BrokenInput(name, files: ["FILE": data], line.split(separator: " ").map(String.init), message)
    }

    private static func entry(_ name: String, _ key: String, _ value: Any, _ message: String...) -> BrokenInput {
        var crossroads = CityFlowCrossroads()
        crossroads.flow[1][key] = value
        return flow(name, data(crossroads.flow), ["FILE: [1].\(key)"] + message)
    }

    static let roadnets: [BrokenInput] = [
        net("an empty road network", Data(), ["FILE: ", "empty"]),
        net(
            "a road network cut short", data(CityFlowCrossroads().roadnet).prefix(900),
            ["FILE:1: not well formed: not JSON"]),
        net("a road network nested a million deep", Data(repeating: UInt8(ascii: "["), count: 1_000_000), ["FILE: "]),
        net("objects nested a million deep", Data(String(repeating: "{\"a\":", count: 1_000_000).utf8), ["FILE: "]),
        net("a road network without roads", Data("{\"intersections\": []}".utf8), ["FILE: ", "roads"]),
        net("NaN in a road network", Data("{\"intersections\": NaN}".utf8), ["FILE:1: not well formed: not JSON"]),
        net("an intersection twice", { $0.changeElement("intersections", 1) { $0["id"] = "centre" } }, "twice"),
        road("a road twice", "id", "out0", "roads[1].id", "\"out0\" occurs twice"),
        road("a road from nowhere", "startIntersection", "Z", "roads[0].startIntersection", "\"Z\""),
        road("a road without lanes", "lanes", [Object](), "roads[0].lanes", "1 to 64", "found 0"),
        road(
            "a road with a hundred thousand lanes", "lanes", Array(repeating: ["maxSpeed": 9.0], count: 100_000),
            "roads[0].lanes", "1 to 64", "found 100000"),
        road("a speed in cm/s", "lanes", [["maxSpeed": 1400.0]], "roads[0].lanes[0].maxSpeed", "1400"),
        road("a speed in words", "lanes", [["maxSpeed": "fast"]], "roads[0].lanes[0].maxSpeed", "number"),
        road(
            "a road past the end of the world", "points", [["x": 1e30, "y": 0.0], ["x": 0.0, "y": 0.0]],
            "roads[0].points[0].x", "1e+30"),
        road("a road of one point", "points", [["x": 0.0, "y": 0.0]], "roads[0].points", "two points"),
        road(
            "a road shorter than its ends", "points", [["x": 0.0, "y": 0.0], ["x": 0.0, "y": 0.0]], "roads[0].points",
            "length"),
        net("a turn from an unknown road", { $0.changeRoadLink(0) { $0["startRoad"] = "Z" } }, "startRoad", "\"Z\""),
        net("a turn that leads back into its own road", { $0.changeRoadLink(0) { $0["endRoad"] = "in0" } }, "endRoad"),
        net("a turn of no kind", { $0.changeRoadLink(0) { $0["type"] = "fly" } }, "type", "go_straight", "\"fly\""),
        net("lane 10^9", { $0.changeLaneLink(0) { $0["startLaneIndex"] = 1_000_000_000 } }, "startLaneIndex", "0 to 1"),
        net("lane one half", { $0.changeLaneLink(0) { $0["startLaneIndex"] = 0.5 } }, "startLaneIndex", "0.5"),
        phase("a phase of negative length", "time", -30, ".time", "-30"),
        phase("a phase of 10^30 s", "time", 1e30, ".time", "1e+30"),
        phase("a phase with an unknown turn", "availableRoadLinks", [99], ".availableRoadLinks", "0 to 11", "99"),
        phase("a phase with turn 10^30", "availableRoadLinks", [1e30], ".availableRoadLinks", "1e+30"),
    ]

    static let flows: [BrokenInput] = [
        flow("no vehicles at all", Data("[]".utf8), ["FILE: ", "at least one vehicle"]),
        flow("vehicles cut short", data(CityFlowCrossroads().flow).prefix(200), ["FILE:1: not well formed: not JSON"]),
        entry("a route of no roads", "route", [String](), "1 to 1000", "found 0"),
        entry("a route of unknown roads", "route", ["in1", "Z"], "[1]", "\"Z\""),
        entry("a route in a circle", "route", ["in1", "in1"], "[1]", "\"in1 to in1\""),
        entry("a route of ten thousand roads", "route", Array(repeating: "in1", count: 10_000), "found 10000"),
        entry("vehicles before time began", "startTime", -1, "-1"),
        entry("vehicles that end before they start", "endTime", 5, "from 10", "5"),
        entry("times in ms", "endTime", 3_600_000, "604800", "3600000"),
        entry(
            "a vehicle of negative length", "vehicle",
            ["length": -5.0, "minGap": 2.5, "maxSpeed": 20.0, "headwayTime": 1.5], ".length", "-5"),
        flow(
            "vehicles every nanosecond",
            data([CityFlowCrossroads.entry(["in0", "out2"], start: 0, end: 90, interval: 1e-9)]),
            ["FILE: [0].interval", "1e-09"]),
        flow(
            "sixty million vehicles",
            data([CityFlowCrossroads.entry(["in0", "out2"], start: 0, end: 604_800, interval: 0.01)]),
            ["FILE: [0]", "at most 1000000 vehicles"]),
    ]

    @Test("ends with its exit code and a message that names the place", arguments: roadnets + flows)
    func refused(_ broken: BrokenInput) throws { try broken.judge() }
}
