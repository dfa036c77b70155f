import SignalModel

/// How the vehicles of a connection come to the detectors behind it.
struct Passage {
    /// For each delay of a whole number of readings: share of the connection's vehicles that come in each reading if
    /// all take that long; nil where a reading is missing that it takes to tell.
    let shapes: [[Double?]]
    /// The least of the delays, readings.
    var firstDelay = 0
    /// Whether the times are those at a stop line; else those at the entry of the link before it, with all waits between.
    var isFromStopLine = false
    /// Whether the counts say anything of the times.
    let isTraced: Bool
}

extension FlowEstimator {
    /// Least and greatest scatter of what comes to a lane, as a share of that of random arrivals.
    ///
    /// Choices scatter less than arrivals, but travel times are not known so well that less than half could be trusted.
    /// More than twice shows that vehicles come to other lanes than those that they head for.
    static let leastDispersion = 0.5
    static let greatestDispersion = 2.0
    /// The same where vehicles are seen only a link ahead: they may have waited between.
    private static let waitScatter = 6.0
    /// Acceleration of cars from standing at a signal, m/s² (Akçelik and Besley 2001 measured 1.5 to 2.3).
    private static let acceleration = 1.8
    /// Longest wait inside a junction that is followed, s: those who wait longer are few, and blur the others.
    private static let waitInside = 5.0
    /// Longest wait on a link without a stop-line detector that is followed, s.
    private static let waitOnLink = 30.0

    /// What enters a lane follows what leaves the lanes that feed it, reading by reading.
    ///
    /// Turns that come to different lanes can be told apart (Cremer and Keller 1987, equation 2 with constant shares),
    /// and so can lanes that discharge at different times. Each connection has a share for every delay that its vehicles
    /// may have between the detectors (Bell 1991, "The real time estimation of origin-destination flows in the presence
    /// of platoon dispersion", Transportation Research B 25): a single delay misses those that start from a queue.
    /// - Returns: nil where a feeding lane is not counted.
    func follow(
        into lanes: [LaneID], _ passages: [Passage], variables: [Range<Int>], source: Int, sourceTotal: Double,
        columns: Int
    ) -> EquationRows? {
        guard !passages.isEmpty, passages.allSatisfy(\.isTraced),
            let entering = fineEntries(lanes)
        else { return nil }
        var terms: [(step: Int, counted: Double, shares: [Double])] = []
        for (step, counted) in entering.enumerated() {
            let shares = passages.flatMap { $0.shapes.compactMap { $0[step] } }
            guard let counted, shares.count == variables.reduce(0, { $0 + $1.count }) else { continue }
            terms.append((step, counted, shares))
        }
        guard terms.count > 1, let width = terms.first?.shares.count else { return nil }
        // Vehicles that begin their journey on the link come at any time.
        let count = Double(terms.count)
        let mean = terms.reduce(0) { $0 + $1.counted } / count
        let meanShares = (0..<width).map { column in terms.reduce(0) { $0 + $1.shares[column] } / count }
        let activity = meanShares.reduce(0, +)
        let numbers = variables.flatMap { $0 }
        let certainty = passages.allSatisfy(\.isFromStopLine) ? 1.0 : Self.waitScatter
        var rows = EquationRows(columns: columns)
        for term in terms {
            // Choices scatter by as many vehicles as may come, whether they do or not.
            let likely = activity > 0 ? mean * term.shares.reduce(0, +) / activity : mean
            let changes = zip(numbers, term.shares).map { ($0, $1) } + [(source, mean / max(1, sourceTotal))]
            rows.measure(changes, term.counted, variance: certainty * max(0.1, (likely + mean) / 2))
        }
        return rows
    }

    /// When the vehicles of a connection come to the detectors behind it.
    func passage(of movement: Movement, _ connection: LaneConnection) -> Passage {
        let unknown = Passage(shapes: [[]], isTraced: false)
        guard let from = index.links[movement.from] else { return unknown }
        let link = network.links[from]
        var counts = detectors[connection.from]?[.stopLine].flatMap { table.fine[$0] }
        let isFromStopLine = counts != nil
        var distance = connection.length + 16
        var waits = movement.givesWayTo.isEmpty ? 0 : Self.waitInside
        let speed = max(3, connection.speed)
        var fastest = distance / speed
        if counts == nil {
            counts = fineEntries(link.vehicleLanes.map(\.id))
            distance += link.length
            fastest += max(0, link.length - 15) / max(1, link.freeFlowSpeed)
            waits += Self.waitOnLink
        }
        guard let counts else { return unknown }
        let present = counts.compactMap { $0 }
        guard !present.isEmpty else { return unknown }
        let total = present.reduce(0, +) * Double(counts.count) / Double(present.count)
        // From standing to the speed of the connection, and on at that speed.
        let start = fastest + speed / (2 * Self.acceleration)
        let slowest = min(start, (2 * distance / Self.acceleration).squareRoot()) + waits
        let first = Int(fastest / table.fineLength)
        let last = max(first + 1, Int((max(fastest, slowest) / table.fineLength).rounded(.up)))
        let shapes = (first...last).map { delay in
            counts.indices.map { step in
                step < delay ? nil : counts[step - delay].map { total > 0 ? $0 / total : 0 }
            }
        }
        return Passage(shapes: shapes, firstDelay: first, isFromStopLine: isFromStopLine, isTraced: true)
    }

    /// Readings at the entries of a link, summed over its lanes; nil where one is missing.
    func fineEntries(_ lanes: [LaneID]) -> [Double?]? {
        var sum: [Double?]?
        for lane in lanes {
            guard let counts = detectors[lane]?[.entry].flatMap({ table.fine[$0] }) else { return nil }
            sum =
                sum.map { zip($0, counts).map { one, other in one.flatMap { one in other.map { one + $0 } } } }
                ?? counts
        }
        return sum
    }
}
