import SignalModel

/// The paths of one CityFlow road link through an intersection.
struct CityFlowPath {
    /// One path from lane to lane.
    struct LanePath {
        /// Number of the lane that it leaves, from the kerb.
        var from: Int
        /// Number of the lane that it enters, from the kerb.
        var to: Int
        var line: Polyline
        var connection: LaneConnection
    }

    var from: String
    var to: String
    var turn: Turn
    /// Paths in the order of the lanes that they leave, then of those that they enter.
    var lanes: [LanePath]

    /// The turn of a road link; nil for a type that CityFlow does not have.
    static func turn(
        _ type: String, from start: CityFlowDocument.Road, to end: CityFlowDocument.Road
    ) -> Turn? {
        if start.startIntersection == end.endIntersection { return .uTurn }
        switch type {
        case "go_straight": return .through
        case "turn_left": return .left
        case "turn_right": return .right
        case "turn_u": return .uTurn
        default: return nil
        }
    }

    /// Whether paths from different lanes cross or enter the same lane.
    func meets(_ other: CityFlowPath) -> Bool {
        for own in lanes {
            for its in other.lanes where from != other.from || own.from != its.from {
                if to == other.to && own.to == its.to { return true }
                if own.line.meets(its.line) { return true }
            }
        }
        return false
    }

    /// Whether this road link goes before another where both may go: straight on, then left, then right, as in CityFlow.
    func goesBefore(_ other: CityFlowPath) -> Bool { rank < other.rank }

    private var rank: Int {
        switch turn {
        case .through: 0
        case .left: 1
        case .right: 2
        case .uTurn: 3
        }
    }
}
