/// The kinds of objects that SUMO knows, each a type of its own, so that a variable fits none but its own.
public enum Traci {
    /// The simulation as a whole, of which there is one.
    public enum Simulation: TraciDomain {
        /// The half byte of its commands.
        public static let code: UInt8 = 0x0b
    }
    /// Traffic lights: one controller each.
    public enum TrafficLight: TraciDomain {
        /// The half byte of its commands.
        public static let code: UInt8 = 0x02
    }
    /// Lanes of edges, and those within junctions.
    public enum Lane: TraciDomain {
        /// The half byte of its commands.
        public static let code: UInt8 = 0x03
    }
    /// Edges: directed roads between two nodes.
    public enum Edge: TraciDomain {
        /// The half byte of its commands.
        public static let code: UInt8 = 0x0a
    }
    /// Nodes.
    public enum Junction: TraciDomain {
        /// The half byte of its commands.
        public static let code: UInt8 = 0x09
    }
    /// Vehicles on the road.
    public enum Vehicle: TraciDomain {
        /// The half byte of its commands.
        public static let code: UInt8 = 0x04
    }
    /// Induction loops (E1).
    public enum InductionLoop: TraciDomain {
        /// The half byte of its commands.
        public static let code: UInt8 = 0x00
    }
    /// Detectors that see a length of lane (E2).
    public enum LaneArea: TraciDomain {
        /// The half byte of its commands.
        public static let code: UInt8 = 0x0d
    }
}

/// A kind of objects in SUMO.
public protocol TraciDomain: Sendable {
    /// The half byte that all commands of the domain have in common.
    static var code: UInt8 { get }
}
