import SignalModel

/// Builds links and movements from a CityFlow road network.
struct CityFlowNetworkBuilder {
    /// Speed on a turning path, m/s: 30 km/h, the value that CityFlow itself drives with.
    static let turningSpeed = 30 / 3.6
    private static let greatestLaneCount = 64

    let file: String
    let roadnet: CityFlowDocument.Roadnet
    private(set) var losses = LossReport()
    private var roads: [String: CityFlowDocument.Road] = [:]
    private var intersections: [String: CityFlowDocument.Intersection] = [:]

    init(file: String, roadnet: CityFlowDocument.Roadnet) {
        self.file = file
        self.roadnet = roadnet
    }

    mutating func build(name: String) throws(FormatError) -> Network {
        try checkIntersections()
        let links = try readLinks()
        var network = Network(name: name, links: links)
        for (number, intersection) in roadnet.intersections.enumerated() {
            let field = "intersections[\(number)]"
            let position = intersection.point
            if intersection.virtual {
                network.nodes.append(Node(id: NodeID(intersection.id), position: position, control: .boundary))
                if !intersection.roadLinks.isEmpty {
                    losses.note("road links through a virtual intersection", intersection.id)
                }
                continue
            }
            let paths = try paths(of: intersection, field: field)
            var signals = CityFlowSignalBuilder(file: file, field: field, intersection: intersection, paths: paths)
            let built = try signals.build()
            network.movements += built.movements
            if let junction = built.junction { network.junctions.append(junction) }
            for loss in signals.losses { losses.note(loss, intersection.id) }
            network.nodes.append(
                Node(
                    id: NodeID(intersection.id), position: position,
                    control: built.junction == nil ? .priority : .signals))
        }
        network.detectors = DetectorLayout.standard(for: network)
        return network
    }

    private func failure(_ field: String, _ fault: FormatError.Fault) -> FormatError {
        FormatError(file: file, location: .field(field), fault: fault)
    }

    private func check(_ value: Double, _ bounds: ClosedRange<Double>, _ field: String) throws(FormatError) {
        guard bounds.contains(value) else {
            throw failure(
                field,
                .unexpected(expected: "a number from \(bounds.lowerBound) to \(bounds.upperBound)", found: "\(value)"))
        }
    }

    private func check(_ points: [Point], _ field: String) throws(FormatError) {
        for (number, point) in points.enumerated() {
            try check(point.x, -1e7...1e7, "\(field)[\(number)].x")
            try check(point.y, -1e7...1e7, "\(field)[\(number)].y")
        }
    }

    private mutating func checkIntersections() throws(FormatError) {
        guard !roadnet.intersections.isEmpty else {
            throw failure("intersections", .unexpected(expected: "at least one intersection", found: "none"))
        }
        for (number, intersection) in roadnet.intersections.enumerated() {
            let field = "intersections[\(number)]"
            guard !intersection.id.isEmpty else {
                throw failure("\(field).id", .unexpected(expected: "a name", found: "nothing"))
            }
            guard intersections.updateValue(intersection, forKey: intersection.id) == nil else {
                throw failure("\(field).id", .duplicate(intersection.id))
            }
            try check([intersection.point], "\(field).point")
            try check(intersection.width ?? 0, 0...1000, "\(field).width")
        }
    }

    private mutating func readLinks() throws(FormatError) -> [Link] {
        var links: [Link] = []
        for (number, road) in roadnet.roads.enumerated() {
            let field = "roads[\(number)]"
            guard !road.id.isEmpty else {
                throw failure("\(field).id", .unexpected(expected: "a name", found: "nothing"))
            }
            guard roads.updateValue(road, forKey: road.id) == nil else {
                throw failure("\(field).id", .duplicate(road.id))
            }
            guard let start = intersections[road.startIntersection] else {
                throw failure(
                    "\(field).startIntersection",
                    .unknownReference(kind: "intersection", name: road.startIntersection))
            }
            guard let end = intersections[road.endIntersection] else {
                throw failure(
                    "\(field).endIntersection", .unknownReference(kind: "intersection", name: road.endIntersection))
            }
            guard (1...Self.greatestLaneCount).contains(road.lanes.count) else {
                throw failure(
                    "\(field).lanes",
                    .unexpected(expected: "1 to \(Self.greatestLaneCount) lanes", found: "\(road.lanes.count)"))
            }
            guard road.points.count >= 2 else {
                throw failure(
                    "\(field).points", .unexpected(expected: "at least two points", found: "\(road.points.count)"))
            }
            try check(road.points, "\(field).points")
            for (position, lane) in road.lanes.enumerated() {
                try check(lane.maxSpeed, 0.5...100, "\(field).lanes[\(position)].maxSpeed")
            }
            // Points lead from centre to centre; the link ends where the intersections begin.
            let reach = (start.virtual ? 0 : start.width ?? 0) + (end.virtual ? 0 : end.width ?? 0)
            let length = Polyline(road.points).length - reach
            guard length >= 1 else {
                throw failure(
                    "\(field).points",
                    .unexpected(expected: "a length of 1 m or more between the stop lines", found: "\(length) m"))
            }
            let lanes = road.lanes.indices.map { position in
                Lane(
                    id: Self.lane(road, kerbside: position), length: length,
                    freeFlowSpeed: road.lanes[road.lanes.count - 1 - position].maxSpeed)
            }
            links.append(
                Link(
                    id: LinkID(road.id), from: NodeID(start.id), to: NodeID(end.id), length: length, lanes: lanes,
                    shape: road.points))
        }
        return links
    }

    private static func lane(_ road: CityFlowDocument.Road, kerbside position: Int) -> LaneID {
        LaneID("\(road.id)_\(position)")
    }

    private func paths(
        of intersection: CityFlowDocument.Intersection, field: String
    ) throws(FormatError) -> [CityFlowPath] {
        var paths: [CityFlowPath] = []
        for (number, roadLink) in intersection.roadLinks.enumerated() {
            let field = "\(field).roadLinks[\(number)]"
            guard let start = roads[roadLink.startRoad], start.endIntersection == intersection.id else {
                throw failure(
                    "\(field).startRoad",
                    .unknownReference(kind: "road to \(intersection.id) named", name: roadLink.startRoad))
            }
            guard let end = roads[roadLink.endRoad], end.startIntersection == intersection.id else {
                throw failure(
                    "\(field).endRoad",
                    .unknownReference(kind: "road from \(intersection.id) named", name: roadLink.endRoad))
            }
            guard !paths.contains(where: { $0.from == start.id && $0.to == end.id }) else {
                throw failure(field, .duplicate("\(start.id) to \(end.id)"))
            }
            guard let turn = CityFlowPath.turn(roadLink.type, from: start, to: end) else {
                throw failure(
                    "\(field).type",
                    .unexpected(
                        expected: "go_straight, turn_left, turn_right or turn_u", found: "\"\(roadLink.type)\""))
            }
            guard !roadLink.laneLinks.isEmpty else {
                throw failure("\(field).laneLinks", .unexpected(expected: "at least one lane link", found: "none"))
            }
            var lanes: [CityFlowPath.LanePath] = []
            for (position, laneLink) in roadLink.laneLinks.enumerated() {
                let field = "\(field).laneLinks[\(position)]"
                let from = try kerbside(laneLink.startLaneIndex.value, of: start, "\(field).startLaneIndex")
                let to = try kerbside(laneLink.endLaneIndex.value, of: end, "\(field).endLaneIndex")
                guard !lanes.contains(where: { $0.from == from && $0.to == to }) else {
                    throw failure(field, .duplicate("\(start.id) lane \(from) to \(end.id) lane \(to)"))
                }
                let points = laneLink.points ?? []
                guard points.count >= 2 else {
                    throw failure(
                        "\(field).points", .unexpected(expected: "at least two points", found: "\(points.count)"))
                }
                try check(points, "\(field).points")
                let laneSpeed = start.lanes[laneLink.startLaneIndex.value].maxSpeed
                let line = Polyline(points)
                lanes.append(
                    CityFlowPath.LanePath(
                        from: from, to: to, line: line,
                        connection: LaneConnection(
                            from: Self.lane(start, kerbside: from), to: Self.lane(end, kerbside: to),
                            length: max(0.1, line.length),
                            speed: turn == .through ? laneSpeed : min(laneSpeed, Self.turningSpeed))))
            }
            lanes.sort { ($0.from, $0.to) < ($1.from, $1.to) }
            paths.append(CityFlowPath(from: start.id, to: end.id, turn: turn, lanes: lanes))
        }
        return paths
    }

    /// Number of a lane from the kerb.
    private func kerbside(
        _ index: Int, of road: CityFlowDocument.Road, _ field: String
    ) throws(FormatError) -> Int {
        guard road.lanes.indices.contains(index) else {
            throw failure(
                field, .unexpected(expected: "a lane of \(road.id), 0 to \(road.lanes.count - 1)", found: "\(index)"))
        }
        return road.lanes.count - 1 - index
    }
}
