import SignalModel
import Synchronization

/// Something that whoever watches the centre must know of.
enum CentreChange: Sendable {
    /// What is known of a controller has changed.
    case junction(JunctionView)
    /// Figures or districts have.
    case city
    /// Events or proposals have.
    case records
}

/// What changes from now on, for one who watches.
///
/// Whoever listens slowly gets the newest of each controller, and never more than there are controllers.
final class ChangeFeed: Sendable {
    /// What has changed since it was taken last.
    struct Changes: Sendable {
        /// Controllers in the order in which they first changed.
        private(set) var junctions: [JunctionView] = []
        /// Whether figures, and whether events or proposals have changed.
        private(set) var hasCity = false, hasRecords = false
        private var places: [JunctionID: Int] = [:]

        fileprivate mutating func add(_ change: CentreChange) {
            switch change {
            case .city: hasCity = true
            case .records: hasRecords = true
            case .junction(let view):
                if let place = places[view.junction] {
                    junctions[place] = view
                } else {
                    places[view.junction] = junctions.count
                    junctions.append(view)
                }
            }
        }
    }

    /// Rings when something has changed, once until it is heard.
    let bell: AsyncStream<Void>
    private let rope: AsyncStream<Void>.Continuation
    private let changes = Mutex(Changes())

    init() { (bell, rope) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Adds a change.
    func add(_ change: CentreChange) {
        changes.withLock { $0.add(change) }
        rope.yield()
    }

    /// What has changed since the last time.
    func take() -> Changes {
        changes.withLock { changes in
            defer { changes = Changes() }
            return changes
        }
    }
}
