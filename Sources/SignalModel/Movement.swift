/// Traffic from one link to another through a node.
public struct Movement: Codable, Equatable, Sendable {
    /// Names the movement.
    public var id: MovementID
    /// Node that the movement passes.
    public var node: NodeID
    /// Link that it comes from.
    public var from: LinkID
    /// Link that it goes to.
    public var to: LinkID
    /// Which way it turns.
    public var turn: Turn
    /// Signal group that rules it; absent where no signal does.
    public var signalGroup: SignalGroupID?
    /// Lane to lane, in the order of the lanes it comes from.
    public var connections: [LaneConnection]
    /// Movements whose paths cross or merge with this one.
    public var foes: [MovementID]
    /// Those of ``foes`` that this movement gives way to when both may go.
    public var givesWayTo: [MovementID]
    /// Vehicles that can wait inside the junction, past the stop line, while opposed.
    public var waitingInside: Int

    /// Describes a movement.
    public init(
        id: MovementID, node: NodeID, from: LinkID, to: LinkID, turn: Turn, signalGroup: SignalGroupID? = nil,
        connections: [LaneConnection], foes: [MovementID] = [], givesWayTo: [MovementID] = [], waitingInside: Int = 0
    ) {
        self.id = id
        self.node = node
        self.from = from
        self.to = to
        self.turn = turn
        self.signalGroup = signalGroup
        self.connections = connections
        self.foes = foes
        self.givesWayTo = givesWayTo
        self.waitingInside = waitingInside
    }
}

/// Which way a movement turns.
public enum Turn: String, Codable, Sendable, CaseIterable {
    case left, through, right, uTurn
}

/// One lane of a movement: from a lane to a lane.
public struct LaneConnection: Codable, Equatable, Sendable {
    /// Lane that it leaves.
    public var from: LaneID
    /// Lane that it enters.
    public var to: LaneID
    /// Length of the path inside the node, m.
    public var length: Double
    /// Speed on that path, m/s.
    public var speed: Double
    /// Saturation flow, veh/h of green; absent where it is to be derived from ``VehicleParameters``.
    public var saturationFlowPerHour: Double?
    /// Where ``saturationFlowPerHour`` comes from.
    public var saturationFlowSource: SaturationFlowSource?
    /// Position in the controller's state string; absent where no signal rules it.
    public var signalIndex: Int?

    /// Describes a lane connection.
    public init(
        from: LaneID, to: LaneID, length: Double, speed: Double, saturationFlowPerHour: Double? = nil,
        saturationFlowSource: SaturationFlowSource? = nil, signalIndex: Int? = nil
    ) {
        self.from = from
        self.to = to
        self.length = length
        self.speed = speed
        self.saturationFlowPerHour = saturationFlowPerHour
        self.saturationFlowSource = saturationFlowSource
        self.signalIndex = signalIndex
    }

    private enum CodingKeys: String, CodingKey {
        case from, to, saturationFlowSource, signalIndex
        case length = "length_m"
        case speed = "speed_mps"
        case saturationFlowPerHour = "saturationFlow_vehPerHour"
    }
}

/// Where a saturation flow comes from.
public enum SaturationFlowSource: String, Codable, Sendable, CaseIterable {
    /// Written in the network by whoever made it.
    case network
    /// Derived from the geometry and the vehicle types.
    case vehicleTypes
    /// Seen in the discharge of queues in the counts.
    case counts
    /// The Highway Capacity Manual's base rate with its adjustments.
    case hcm
}
