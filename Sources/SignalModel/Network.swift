/// A road network with its signalised junctions, as one value.
///
/// Lengths are metres, speeds m/s, times seconds; saturation flows carry veh/h in their names.
public struct Network: Codable, Equatable, Sendable {
    /// What people call the network.
    public var name: String
    /// The side of the road that traffic keeps to.
    public var drivingSide: DrivingSide
    /// The vehicles and drivers that saturation flow is derived from where it is not given.
    public var vehicles: VehicleParameters
    /// Places where links meet, signalised or not.
    public var nodes: [Node]
    /// Directed roads between nodes.
    public var links: [Link]
    /// Traffic from one link to another through a node.
    public var movements: [Movement]
    /// The signal controllers.
    public var junctions: [Junction]
    /// Where vehicles are counted.
    public var detectors: [Detector]

    /// Assembles a network from its parts; nothing is checked here.
    public init(
        name: String, drivingSide: DrivingSide = .right, vehicles: VehicleParameters = .init(), nodes: [Node] = [],
        links: [Link] = [], movements: [Movement] = [], junctions: [Junction] = [], detectors: [Detector] = []
    ) {
        self.name = name
        self.drivingSide = drivingSide
        self.vehicles = vehicles
        self.nodes = nodes
        self.links = links
        self.movements = movements
        self.junctions = junctions
        self.detectors = detectors
    }
}

/// The side of the road that traffic keeps to.
public enum DrivingSide: String, Codable, Sendable, CaseIterable {
    case right, left
}

/// A place on the plane, metres east and north of the network's origin.
public struct Point: Codable, Equatable, Sendable {
    /// Metres east.
    public var x: Double
    /// Metres north.
    public var y: Double

    /// Names a place by its coordinates, m.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// A place where links meet.
public struct Node: Codable, Equatable, Sendable {
    /// Names the node.
    public var id: NodeID
    /// Where it is.
    public var position: Point
    /// What rules right of way there.
    public var control: NodeControl

    /// Describes a node.
    public init(id: NodeID, position: Point, control: NodeControl) {
        self.id = id
        self.position = position
        self.control = control
    }
}

/// What rules right of way at a node.
public enum NodeControl: String, Codable, Sendable, CaseIterable {
    /// A signal controller.
    case signals
    /// Signs: some movements give way to others.
    case priority
    /// Traffic enters or leaves the network here.
    case boundary
}
