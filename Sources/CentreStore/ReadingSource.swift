import SignalModel

/// Where readings come from.
public enum ReadingSource: Hashable, Sendable {
    /// The controller of a junction.
    case edge(JunctionID)
    /// A plain feed, by its name.
    case feed(String)
    /// The centre itself, which fills gaps; the name says by what means.
    case centre(String)

    /// The kind as the database spells it.
    var kind: String {
        switch self {
        case .edge: "edge"
        case .feed: "feed"
        case .centre: "centre"
        }
    }

    /// The name within its kind.
    public var name: String {
        switch self {
        case .edge(let junction): junction.text
        case .feed(let name), .centre(let name): name
        }
    }

    init(kind: String, name: String) {
        self =
            switch kind {
            case "edge": .edge(JunctionID(name))
            case "feed": .feed(name)
            default: .centre(name)
            }
    }
}
