import SignalModel

/// Why a junction cannot be controlled by the law; it is left to its fixed plan.
public enum AdaptiveError: Error, Equatable, Sendable {
    /// It has no signal groups, or more than can be told apart.
    case groupCount(JunctionID, found: Int)
    /// A time among its rules is none, s.
    case time(JunctionID, found: Double)
    /// There are fewer than two stages to choose from.
    case stageCount(JunctionID, found: Int)
    /// Some signal groups are in no stage.
    case unservedGroups(JunctionID, [SignalGroupID])
    /// No junction of the network has the name.
    case unknownJunction(JunctionID)
    /// It has no detectors for control before its stop lines.
    case noDetectors(JunctionID)
}

extension AdaptiveError {
    /// The junction that it is about.
    public var junction: JunctionID {
        switch self {
        case .groupCount(let junction, _), .time(let junction, _), .stageCount(let junction, _),
            .unservedGroups(let junction, _), .unknownJunction(let junction), .noDetectors(let junction):
            junction
        }
    }
}

extension AdaptiveError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .groupCount(let junction, let found):
            "junction \(junction): expected 1 to \(GroupSet.capacity) signal groups, found \(found)"
        case .time(let junction, let found): "junction \(junction): expected a time of 0 to 600 s, found \(found)"
        case .stageCount(let junction, let found): "junction \(junction): expected 2 stages or more, found \(found)"
        case .unservedGroups(let junction, let groups):
            "junction \(junction): expected a stage for every signal group, found none for "
                + groups.map(\.text).joined(separator: ", ")
        case .noDetectors(let junction):
            "junction \(junction): expected detectors with the purpose \"control\" on the lanes before its stop lines, found none"
        case .unknownJunction(let junction): "expected a junction of the network, found \(junction)"
        }
    }
}
