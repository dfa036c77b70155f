/// What a reader could not carry over into a greenband document.
public struct LossReport: Codable, Equatable, Sendable {
    /// One kind of loss.
    public struct Entry: Codable, Equatable, Sendable {
        /// What was left out or replaced.
        public var what: String
        /// How many of them.
        public var count: Int
        /// Some of them by name.
        public var examples: [String]
    }

    /// Losses in the order in which they were first met.
    public private(set) var entries: [Entry] = []

    /// Reports nothing lost.
    public init() {}

    /// Kinds of loss after which further ones are noted as one: their names may come out of a file.
    static let greatestKindCount = 100

    /// Notes one loss.
    public mutating func note(_ what: String, _ example: String) {
        let isKnown = entries.count < Self.greatestKindCount || entries.contains { $0.what == what }
        let what = isKnown ? what : "further kinds"
        if let position = entries.firstIndex(where: { $0.what == what }) {
            entries[position].count += 1
            if entries[position].examples.count < 5 { entries[position].examples.append(example) }
        } else {
            entries.append(Entry(what: what, count: 1, examples: [example]))
        }
    }

    /// Adds the losses of another report.
    public mutating func add(_ other: LossReport) {
        for entry in other.entries {
            if let position = entries.firstIndex(where: { $0.what == entry.what }) {
                entries[position].count += entry.count
                let room = max(0, 5 - entries[position].examples.count)
                entries[position].examples += entry.examples.prefix(room)
            } else {
                entries.append(entry)
            }
        }
    }
}
