/// A directed road between two nodes.
public struct Link: Codable, Equatable, Sendable {
    /// Names the link.
    public var id: LinkID
    /// Node at the upstream end.
    public var from: NodeID
    /// Node at the downstream end.
    public var to: NodeID
    /// Length from entry to stop line, m.
    public var length: Double
    /// Lanes for vehicles, nearest to the kerb first.
    public var lanes: [Lane]
    /// The centre line, entry first; empty when unknown.
    public var shape: [Point]

    /// Describes a link.
    public init(id: LinkID, from: NodeID, to: NodeID, length: Double, lanes: [Lane], shape: [Point] = []) {
        self.id = id
        self.from = from
        self.to = to
        self.length = length
        self.lanes = lanes
        self.shape = shape
    }

    /// Free-flow speed of the fastest lane, m/s; 0 without lanes.
    public var freeFlowSpeed: Double { lanes.map(\.freeFlowSpeed).max() ?? 0 }

    /// Lanes for motor vehicles, in the order of ``lanes``.
    public var vehicleLanes: [Lane] { lanes.filter { $0.use == .general || $0.use == .bus } }

    private enum CodingKeys: String, CodingKey {
        case id, from, to, lanes, shape
        case length = "length_m"
    }
}

/// One lane of a link.
public struct Lane: Codable, Equatable, Sendable {
    /// Names the lane.
    public var id: LaneID
    /// Length from entry to stop line, m.
    public var length: Double
    /// Free-flow speed, m/s.
    public var freeFlowSpeed: Double
    /// Who may use the lane.
    public var use: LaneUse

    /// Describes a lane.
    public init(id: LaneID, length: Double, freeFlowSpeed: Double, use: LaneUse = .general) {
        self.id = id
        self.length = length
        self.freeFlowSpeed = freeFlowSpeed
        self.use = use
    }

    private enum CodingKeys: String, CodingKey {
        case id, use
        case length = "length_m"
        case freeFlowSpeed = "freeFlowSpeed_mps"
    }
}

/// Who may use a lane.
public enum LaneUse: String, Codable, Sendable, CaseIterable {
    case general, bus, cycle, pedestrian, tram
}
