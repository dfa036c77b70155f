import SignalModel

/// What a plan costs the movements of one approach.
public struct ApproachReport: Encodable, Sendable {
    /// Link that leads to the node.
    public let approach: LinkID
    /// Its movements together.
    public let traffic: TrafficSum

    /// The approaches of some movements, in the order of the movements.
    static func all(_ movements: [MovementReport]) -> [ApproachReport] {
        var links: [LinkID] = []
        for movement in movements where !links.contains(movement.approach) { links.append(movement.approach) }
        return links.map { link in
            ApproachReport(approach: link, traffic: TrafficSum(movements.filter { $0.approach == link }))
        }
    }
}
