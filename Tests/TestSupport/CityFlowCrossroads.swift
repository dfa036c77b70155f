import Foundation

/// A crossroads with two lanes on every approach as CityFlow files: lane 0 turns left, lane 1 goes on and turns right.
///
/// Approaches are numbered by the direction of travel: 0 east, 1 north, 2 west, 3 south.
public struct CityFlowCrossroads {
    /// A JSON object.
    public typealias Object = [String: Any]

    /// The road network.
    public var roadnet: Object
    /// The entries of the flow file.
    public var flow: [Object]

    /// The sound crossroads.
    public init() {
        let arms = [(-1.0, 0.0), (0.0, -1.0), (1.0, 0.0), (0.0, 1.0)]
        var intersections: [Object] = [Self.centre(arms)]
        var roads: [Object] = []
        for (number, arm) in arms.enumerated() {
            let outside = ["x": arm.0 * 200, "y": arm.1 * 200]
            let inside = ["x": 0.0, "y": 0.0]
            intersections.append([
                "id": "end\(number)", "point": outside, "width": 0, "roads": ["in\(number)", "out\(number)"],
                "roadLinks": [Object](), "virtual": true,
            ])
            let lanes: [Object] = [["width": 4, "maxSpeed": 10.0], ["width": 4, "maxSpeed": 12.5]]
            roads.append([
                "id": "in\(number)", "points": [outside, inside], "lanes": lanes, "startIntersection": "end\(number)",
                "endIntersection": "centre",
            ])
            roads.append([
                "id": "out\(number)", "points": [inside, outside], "lanes": lanes, "startIntersection": "centre",
                "endIntersection": "end\(number)",
            ])
        }
        roadnet = ["intersections": intersections, "roads": roads]
        flow = [
            Self.entry(["in0", "out2"], start: 0, end: 90, interval: 30),
            Self.entry(["in1", "out0"], start: 10, end: 10, interval: 1),
            Self.entry(["in3", "out0"], start: 301, end: 301, interval: 1),
        ]
    }

    /// An entry of the flow file.
    public static func entry(_ route: [String], start: Double, end: Double, interval: Double) -> Object {
        [
            "vehicle": ["length": 5.0, "minGap": 2.5, "maxSpeed": 20.0, "headwayTime": 1.5], "route": route,
            "interval": interval, "startTime": start, "endTime": end,
        ]
    }

    /// Road links 3i, 3i + 1, 3i + 2: through, left and right of approach i.
    private static func centre(_ arms: [(Double, Double)]) -> Object {
        var links: [Object] = []
        for number in arms.indices {
            // Through leaves by the arm opposite, left by the one before, right by the one after.
            for (type, target, lane) in [
                ("go_straight", (number + 2) % 4, 1), ("turn_left", (number + 3) % 4, 0),
                ("turn_right", (number + 1) % 4, 1),
            ] {
                links.append([
                    "type": type, "startRoad": "in\(number)", "endRoad": "out\(target)",
                    "laneLinks": [
                        [
                            "startLaneIndex": lane, "endLaneIndex": lane,
                            "points": [
                                place(arms[number], lane, inward: true), place(arms[target], lane, inward: false),
                            ],
                        ]
                    ],
                ])
            }
        }
        let rights = [2, 5, 8, 11]
        let phases: [Object] = [
            ["time": 5, "availableRoadLinks": rights], ["time": 30, "availableRoadLinks": rights + [0, 6]],
            ["time": 15, "availableRoadLinks": rights + [1, 7]], ["time": 25, "availableRoadLinks": rights + [3, 9]],
            ["time": 15, "availableRoadLinks": rights + [4, 10]],
        ]
        return [
            "id": "centre", "point": ["x": 0.0, "y": 0.0], "width": 20, "roads": [String](), "roadLinks": links,
            "trafficLight": ["roadLinkIndices": Array(0..<12), "lightphases": phases], "virtual": false,
        ]
    }

    /// Where a lane meets the edge of the intersection, keeping to the right.
    private static func place(_ arm: (Double, Double), _ lane: Int, inward: Bool) -> [String: Double] {
        let aside = (Double(lane) * 4 + 2) * (inward ? 1 : -1)
        // Right of the direction of travel; inward travel is against the arm.
        return ["x": arm.0 * 20 - arm.1 * aside, "y": arm.1 * 20 + arm.0 * aside]
    }

    /// Changes the centre's description.
    public mutating func changeCentre(_ change: (inout Object) -> Void) {
        changeElement("intersections", 0, change)
    }

    /// Changes one road link of the centre.
    public mutating func changeRoadLink(_ number: Int, _ change: (inout Object) -> Void) {
        changeCentre { centre in
            var links = centre["roadLinks"] as? [Object] ?? []
            change(&links[number])
            centre["roadLinks"] = links
        }
    }

    /// Changes one lane link, the only one of its road link.
    public mutating func changeLaneLink(_ number: Int, _ change: (inout Object) -> Void) {
        changeRoadLink(number) { link in
            var lanes = link["laneLinks"] as? [Object] ?? []
            change(&lanes[0])
            link["laneLinks"] = lanes
        }
    }

    /// Changes the list of light phases.
    public mutating func changePhases(_ change: (inout [Object]) -> Void) {
        changeCentre { centre in
            var light = centre["trafficLight"] as? Object ?? [:]
            var phases = light["lightphases"] as? [Object] ?? []
            change(&phases)
            light["lightphases"] = phases
            centre["trafficLight"] = light
        }
    }

    /// Changes one intersection or road.
    public mutating func changeElement(_ list: String, _ number: Int, _ change: (inout Object) -> Void) {
        var elements = roadnet[list] as? [Object] ?? []
        change(&elements[number])
        roadnet[list] = elements
    }

    /// Writes both files into a new folder for the length of a body.
    public func withFiles<Result>(_ body: (_ roadnet: String, _ flow: String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cityflow-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let places = ["roadnet.json", "flow.json"].map { folder.appendingPathComponent($0) }
        try JSONSerialization.data(withJSONObject: roadnet).write(to: places[0])
        try JSONSerialization.data(withJSONObject: flow).write(to: places[1])
        return try body(places[0].path, places[1].path)
    }
}
