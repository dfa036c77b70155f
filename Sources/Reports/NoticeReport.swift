import SignalModel

/// Something that an engineer must know about a plan, in words.
public struct NoticeReport: Encodable, Sendable {
    /// What the notice is about.
    public let kind: PlanNotice.Kind
    /// Junction that it concerns.
    public let junction: JunctionID
    /// Signal groups that it concerns.
    public let groups: [SignalGroupID]
    /// Movements that these groups serve.
    public let movements: [MovementID]
    /// The notice as a sentence.
    public let text: String

    init(_ notice: PlanNotice, _ names: MovementNames) {
        kind = notice.kind
        junction = notice.junction
        groups = notice.groups
        movements = notice.groups.flatMap { names.service(of: $0, at: notice.junction).movements.map(\.id) }
        let groupList = groups.map(\.text).joined(separator: ", ")
        let movementList = movements.map(\.text).joined(separator: ", ")
        let served = movements.isEmpty ? "" : " (movements \(movementList))"
        text =
            switch notice.kind {
            case .stageDropped:
                "\(junction): the present stage with \(groupList)\(served) is dropped."
            case .stageDerived:
                "\(junction): the stage with \(groupList)\(served) is new, derived from the conflict matrix."
            case .protectedTurnDropped:
                "\(junction): the protected green of \(groupList)\(served) is dropped; it now only gives way."
            }
    }
}
