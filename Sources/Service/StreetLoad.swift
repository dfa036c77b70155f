import Reports
import SignalModel

/// How full a street is in the model.
struct StreetLoad: Equatable, Sendable {
    /// Greatest degree of saturation of its movements; nil where none has a capacity.
    var degreeOfSaturation: Double?
    /// Greatest share of a lane that the longest queue of a movement fills; 1 is the whole lane.
    var storageRatio = 0.0

    /// The streets with traffic.
    ///
    /// A queue is set against the shortest lane that its movement has, as the report does not say on which one it stands.
    static func all(_ report: PlanReport, in network: Network) -> [LinkID: StreetLoad] {
        let lengths = Dictionary(
            network.links.flatMap { $0.lanes.map { ($0.id, $0.length) } }, uniquingKeysWith: { first, _ in first })
        let shortest = Dictionary(
            network.movements.map { ($0.id, $0.connections.compactMap { lengths[$0.from] }.min()) },
            uniquingKeysWith: { first, _ in first })
        var loads: [LinkID: StreetLoad] = [:]
        for row in report.movements {
            var load = loads[row.approach] ?? StreetLoad()
            if let saturation = row.degreeOfSaturation, saturation.isFinite {
                load.degreeOfSaturation = max(load.degreeOfSaturation ?? 0, saturation)
            }
            if let length = shortest[row.movement] ?? nil {
                let places = max(1, length / network.vehicles.spacing)
                load.storageRatio = max(load.storageRatio, row.longestQueue / places)
            }
            loads[row.approach] = load
        }
        return loads
    }
}

/// A street on the map.
public struct StreetView: Codable, Equatable, Sendable {
    /// The link.
    public let link: LinkID
    /// Its centre line, entry first, m east and north of the network's origin.
    public let line: [[Double]]
    /// Greatest degree of saturation of its movements; absent where it has no traffic, or nothing was counted.
    public let degreeOfSaturation: Double?
    /// Greatest share of a lane that a queue fills; absent likewise.
    public let storageRatio: Double?

    private enum CodingKeys: String, CodingKey {
        case link, degreeOfSaturation, storageRatio
        case line = "line_m"
    }
}
