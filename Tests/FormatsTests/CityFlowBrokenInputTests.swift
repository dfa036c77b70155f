import Foundation
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite("Broken CityFlow files")
struct CityFlowBrokenInputTests {
    struct Broken: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var field: String
        var says: String
        var change: @Sendable (inout CityFlowCrossroads) -> Void

        init(
            _ name: String, _ field: String, _ says: String,
            _ change: @escaping @Sendable (inout CityFlowCrossroads) -> Void
        ) {
            testDescription = name
            self.field = field
            self.says = says
            self.change = change
        }
    }

    static let roads: [Broken] = [
        Broken("no intersections", "intersections", "at least one") { $0.roadnet["intersections"] = [Any]() },
        Broken("no list of roads", "roads", "none") { $0.roadnet["roads"] = nil },
        Broken("roads that are a number", "roads", "a list") { $0.roadnet["roads"] = 3 },
        Broken("intersection without a place", "intersections[0].point", "none") {
            $0.changeCentre { $0["point"] = nil }
        },
        Broken("width in words", "intersections[0].width", "a number") { $0.changeCentre { $0["width"] = "wide" } },
        Broken("negative width", "intersections[0].width", "-1") { $0.changeCentre { $0["width"] = -1 } },
        Broken("absurd place", "intersections[0].point[0].x", "1e+300") {
            $0.changeCentre { $0["point"] = ["x": 1e300, "y": 0.0] }
        },
        Broken("intersection twice", "intersections[1].id", "occurs twice") {
            $0.changeElement("intersections", 1) { $0["id"] = "centre" }
        },
        Broken("intersection without a name", "intersections[1].id", "nothing") {
            $0.changeElement("intersections", 1) { $0["id"] = "" }
        },
        Broken("road twice", "roads[1].id", "occurs twice") { $0.changeElement("roads", 1) { $0["id"] = "in0" } },
        Broken("road from nowhere", "roads[0].startIntersection", "\"moon\"") {
            $0.changeElement("roads", 0) { $0["startIntersection"] = "moon" }
        },
        Broken("road to nowhere", "roads[0].endIntersection", "\"moon\"") {
            $0.changeElement("roads", 0) { $0["endIntersection"] = "moon" }
        },
        Broken("road without lanes", "roads[0].lanes", "found 0") {
            $0.changeElement("roads", 0) { $0["lanes"] = [Any]() }
        },
        Broken("road with a thousand lanes", "roads[0].lanes", "found 1000") {
            $0.changeElement("roads", 0) { $0["lanes"] = Array(repeating: ["maxSpeed": 10.0], count: 1000) }
        },
        Broken("lane that stands still", "roads[0].lanes[0].maxSpeed", "found 0.0") {
            $0.changeElement("roads", 0) { $0["lanes"] = [["maxSpeed": 0]] }
        },
        Broken("road of one point", "roads[0].points", "found 1") {
            $0.changeElement("roads", 0) { $0["points"] = [["x": 0.0, "y": 0.0]] }
        },
        Broken("road shorter than its intersection", "roads[0].points", "1 m or more") {
            $0.changeElement("roads", 0) { $0["points"] = [["x": 0.0, "y": 0.0], ["x": 5.0, "y": 0.0]] }
        },
        Broken("road link from a road elsewhere", "intersections[0].roadLinks[0].startRoad", "\"out0\"") {
            $0.changeRoadLink(0) { $0["startRoad"] = "out0" }
        },
        Broken("road link to a road elsewhere", "intersections[0].roadLinks[0].endRoad", "\"in0\"") {
            $0.changeRoadLink(0) { $0["endRoad"] = "in0" }
        },
        Broken("road link twice", "intersections[0].roadLinks[1]", "occurs twice") {
            $0.changeRoadLink(1) { $0["endRoad"] = "out2" }
        },
        Broken("unknown turn", "intersections[0].roadLinks[0].type", "\"fly\"") {
            $0.changeRoadLink(0) { $0["type"] = "fly" }
        },
        Broken("road link without lanes", "intersections[0].roadLinks[0].laneLinks", "none") {
            $0.changeRoadLink(0) { $0["laneLinks"] = [Any]() }
        },
        Broken("lane link from no lane", "intersections[0].roadLinks[0].laneLinks[0].startLaneIndex", "found 2") {
            $0.changeLaneLink(0) { $0["startLaneIndex"] = 2 }
        },
        Broken("lane link to a negative lane", "intersections[0].roadLinks[0].laneLinks[0].endLaneIndex", "found -1") {
            $0.changeLaneLink(0) { $0["endLaneIndex"] = -1 }
        },
        Broken("lane index with a fraction", "intersections[0].roadLinks[0].laneLinks[0].endLaneIndex", "found") {
            $0.changeLaneLink(0) { $0["endLaneIndex"] = 0.5 }
        },
        Broken("lane link without points", "intersections[0].roadLinks[0].laneLinks[0].points", "found 0") {
            $0.changeLaneLink(0) { $0["points"] = nil }
        },
        Broken("phase of no length", "intersections[0].trafficLight.lightphases[1].time", "found 0.0") {
            $0.changePhases { $0[1]["time"] = 0 }
        },
        Broken("phase for no road link", "intersections[0].trafficLight.lightphases[1].availableRoadLinks", "found 12")
        {
            $0.changePhases { $0[1]["availableRoadLinks"] = [12] }
        },
        Broken("road link that never may go", "intersections[0].trafficLight.lightphases", "road link 4") {
            $0.changePhases { $0.removeLast() }
        },
        Broken("route over an unknown road", "[1].route[1]", "\"moon\"") { $0.flow[1]["route"] = ["in0", "moon"] },
        Broken("route without a road link", "[1].route[1]", "in0 to out0") { $0.flow[1]["route"] = ["in0", "out0"] },
        Broken("route without roads", "[1].route", "found 0") { $0.flow[1]["route"] = [String]() },
        Broken("negative start", "[1].startTime", "-1") { $0.flow[1]["startTime"] = -1 },
        Broken("end before the start", "[1].endTime", "found 9") { $0.flow[1]["endTime"] = 9 },
        Broken("start in the year 2018 in seconds", "[1].startTime", "604800") {
            $0.flow[1]["startTime"] = 1_523_833_200
        },
        Broken("interval of no length", "[0].interval", "found 0.0") { $0.flow[0]["interval"] = 0 },
        Broken("sixty million vehicles", "[0]", "at most") {
            $0.flow[0] = CityFlowCrossroads.entry(["in0", "out2"], start: 0, end: 600_000, interval: 0.01)
        },
        Broken("no vehicle length", "[1].vehicle.length", "none") {
            $0.flow[1]["vehicle"] = ["minGap": 1.0, "maxSpeed": 1.0, "headwayTime": 1.0]
        },
        Broken("vehicle of negative length", "[1].vehicle.length", "-5") {
            $0.flow[1]["vehicle"] = ["length": -5.0, "minGap": 1.0, "maxSpeed": 1.0, "headwayTime": 1.0]
        },
    ]

    @Test("Each fault has its own error, which names the field", arguments: roads)
    func fault(_ broken: Broken) throws {
        var crossroads = CityFlowCrossroads()
        broken.change(&crossroads)
        let error = #expect(throws: FormatError.self) { try CityFlowReaderTests.read(crossroads) }
        #expect(error?.location == .field(broken.field), "\(String(describing: error))")
        #expect(error?.description.contains(broken.says) == true, "\(String(describing: error))")
    }

    @Test(
        "Text that is no JSON, or another JSON, is refused as a whole",
        arguments: [
            ("empty", "", "empty"), ("cut short", "{\"intersections\": [", "not JSON"),
            ("binary", "\u{0}\u{1}", "not JSON"),
            ("NaN", "{\"intersections\": [], \"roads\": NaN}", "not JSON"),
            ("a million brackets", String(repeating: "[", count: 1_000_000), "nested too deep"),
            ("a list", "[]", "found"),
        ])
    func text(_ name: String, _ text: String, _ says: String) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("cityflow-\(UUID()).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let error = #expect(throws: FormatError.self) { try CityFlowReader.read(roadnet: file.path) }
        #expect(error?.description.contains(says) == true, "\(String(describing: error))")
    }

    @Test("A flow file without vehicles is refused")
    func noVehicles() throws {
        var crossroads = CityFlowCrossroads()
        crossroads.flow = []
        let error = #expect(throws: FormatError.self) { try CityFlowReaderTests.read(crossroads) }
        #expect(error?.description.contains("at least one vehicle") == true)
    }
}
