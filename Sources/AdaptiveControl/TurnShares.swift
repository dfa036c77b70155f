/// Which stream the vehicles of a lane belong to, from history and from what discharged.
struct TurnShares: Sendable {
    let streams: [Int]
    /// Vehicles of each stream that are remembered.
    private var counts: [Double]
    /// What each stream is owed: draws follow the shares as evenly as can be.
    private var owed: [Double]

    /// Vehicles that are remembered; older ones are forgotten.
    static let memory = 200.0
    /// Vehicles that history weighs.
    static let historyWeight = 50.0

    /// Starts with what is known of the streams of a lane.
    ///
    /// - Parameter history: Flow of each stream, in any unit; equal ones where nothing is known.
    init(streams: [Int], history: [Double]) {
        self.streams = streams
        let known = history.map { $0.isFinite ? max(0, $0) : 0 }
        let sum = known.reduce(0, +)
        counts = known.map {
            Self.historyWeight * (sum > 0 ? 0.95 * $0 / sum + 0.05 / Double(streams.count) : 1 / Double(streams.count))
        }
        owed = Array(repeating: 0, count: streams.count)
    }

    /// Takes in that a vehicle left which can only have been of one of these streams.
    mutating func learn(from possible: [Int]) {
        guard !possible.isEmpty, possible.count < streams.count else { return }
        let known = streams.indices.filter { possible.contains(streams[$0]) }
        let sum = known.reduce(0) { $0 + counts[$1] }
        guard sum > 0 else { return }
        for place in known { counts[place] += counts[place] / sum }
        let all = counts.reduce(0, +)
        if all > Self.memory { for place in counts.indices { counts[place] *= Self.memory / all } }
    }

    /// The stream that the next vehicle is taken for.
    mutating func draw() -> Int {
        guard streams.count > 1 else { return streams.first ?? 0 }
        let all = counts.reduce(0, +)
        for place in owed.indices { owed[place] += counts[place] / all }
        let next = owed.indices.max { (owed[$0], -$0) < (owed[$1], -$1) }!
        owed[next] -= 1
        return streams[next]
    }

    /// The stream that a vehicle is taken for that comes after so many others; nothing is drawn.
    func expected(_ number: Int) -> Int {
        var copy = self
        for _ in 0..<min(number, 50) { _ = copy.draw() }
        return copy.draw()
    }

    /// Share of each of some streams in those who leave while these alone may; of all where none may.
    func shares(of some: [Int]) -> [(stream: Int, share: Double)] {
        let known = streams.indices.filter { some.isEmpty || some.contains(streams[$0]) }
        let sum = known.reduce(0) { $0 + counts[$1] }
        return known.map { (streams[$0], sum > 0 ? counts[$0] / sum : 1 / Double(known.count)) }
    }

    /// Share of some streams in all vehicles.
    func share(of some: [Int]) -> Double {
        let all = counts.reduce(0, +)
        let known = streams.indices.reduce(0) { some.contains(streams[$1]) ? $0 + counts[$1] : $0 }
        return all > 0 ? known / all : Double(some.count) / Double(max(1, streams.count))
    }

    /// The one of some streams that most vehicles belong to.
    func likeliest(of some: [Int]) -> Int? {
        let known = streams.indices.filter { some.contains(streams[$0]) }
        return known.max { (counts[$0], -$0) < (counts[$1], -$1) }.map { streams[$0] }
    }
}
