import ControllerLink

/// What the centre has not acknowledged yet.
///
/// Reports and readings wait here until they are acknowledged, also over a lost connection; what was on the way when it
/// was lost is sent again, so the centre may get it twice. Some are sent every second, and only a window of them is on the
/// way at a time: a centre that acknowledges slowly is sent slowly. When more gather than fit, the oldest readings go
/// first.
struct Outbox: Sendable {
    /// Messages that may be on the way at once.
    static let window = 64
    /// Messages that are sent in one second at most, well below what a centre takes.
    static let perSecond = 10
    /// Messages that may wait in all.
    static let capacity = 2000

    private var waiting: [EdgeMessage] = []
    /// How many of ``waiting``, from the front, are on the way, and their numbers in the connection.
    private var onTheWay: [Int] = []
    /// Number of the last message of the connection.
    private(set) var lastNumber = 0
    /// Messages dropped since this was last asked.
    private var dropped = 0

    /// Adds a message that must arrive.
    mutating func add(_ message: EdgeMessage) {
        if waiting.count >= Self.capacity { drop() }
        waiting.append(message)
    }

    /// The connection is new: nothing is on the way, and a hello has been sent as number 1.
    mutating func connected() {
        onTheWay = []
        lastNumber = 1
    }

    /// Notes the number of a message that is sent once and forgotten, such as a status.
    mutating func sent() { lastNumber += 1 }

    /// What is to be sent in this second, in order.
    mutating func takeSendable() -> [EdgeMessage] {
        let end = min(waiting.count, Self.window, onTheWay.count + Self.perSecond)
        guard onTheWay.count < end else { return [] }
        let messages = Array(waiting[onTheWay.count..<end])
        for _ in messages {
            lastNumber += 1
            onTheWay.append(lastNumber)
        }
        return messages
    }

    /// The centre has received everything up to a number.
    mutating func acknowledged(upTo number: Int) {
        let count = onTheWay.prefix { $0 <= number }.count
        onTheWay.removeFirst(count)
        waiting.removeFirst(count)
    }

    /// How many messages were dropped since this was last asked.
    mutating func takeDropped() -> Int {
        defer { dropped = 0 }
        return dropped
    }

    private mutating func drop() {
        let free = waiting.indices.dropFirst(onTheWay.count)
        let readings = free.first { if case .readings = waiting[$0] { true } else { false } }
        guard let victim = readings ?? free.first else { return }
        waiting.remove(at: victim)
        dropped += 1
    }
}
