/// Turning flows that keep the pattern of a count and meet new totals of the approaches and exits.
///
/// Iterative proportional fitting, in transport the method of Furness (1965, "Time function iteration", Traffic
/// Engineering and Control 7): columns are scaled to the destination totals, then rows to the origin totals, in turn
/// until nothing changes. T_ij = a_i·b_j·t_ij with the pattern t, so zeros stay zeros and the ratios of ratios
/// t_ij·t_kl/(t_il·t_kj) are kept. Rows come last: origin totals hold exactly, and where the two sums differ the
/// destinations miss theirs by the same share.
public struct Furness: Sendable, Equatable {
    /// Fitted flows, in the unit of the totals: ``flows``[origin][destination].
    public let flows: [[Double]]
    /// Rounds of scaling that it took.
    public let rounds: Int
    /// Whether the flows settled; if not they are the last round's.
    ///
    /// A pattern with many zeros may fit no totals.
    public let isSettled: Bool
    /// Greatest difference between a destination's flow and its total, as a share of the total.
    public let destinationMiss: Double

    /// Rounds after which flows that still change are left as they are.
    private static let greatestRoundCount = 10_000
    /// Least change that counts, as a share of the sum of all flows.
    private static let leastChange = 1e-12

    /// Fits a pattern to totals.
    ///
    /// - Parameters:
    ///   - pattern: Counted flows or shares, any unit: one row for each origin, one column for each destination.
    ///   - origins: Flow out of each origin, such as veh/h.
    ///   - destinations: Flow into each destination, in the same unit.
    /// - Throws: ``FurnessError`` when a value is no flow, or a total has no pattern to be spread over.
    /// - Precondition: The pattern has a row for each origin, and each row a column for each destination.
    public init(pattern: [[Double]], origins: [Double], destinations: [Double]) throws(FurnessError) {
        precondition(pattern.count == origins.count && pattern.allSatisfy { $0.count == destinations.count })
        try Self.check(pattern: pattern, origins: origins, destinations: destinations)
        let limit = Self.leastChange * origins.reduce(0, +)
        var flows = pattern
        var rounds = 0
        var change = Double.infinity
        while change > limit, rounds < Self.greatestRoundCount {
            let before = flows
            for (column, total) in destinations.enumerated() {
                let factor = Self.factor(total, flows.reduce(0) { $0 + $1[column] })
                for row in flows.indices { flows[row][column] *= factor }
            }
            for (row, total) in origins.enumerated() {
                let factor = Self.factor(total, flows[row].reduce(0, +))
                for column in destinations.indices { flows[row][column] *= factor }
            }
            change = zip(before, flows).reduce(0) { greatest, pair in
                zip(pair.0, pair.1).reduce(greatest) { max($0, abs($1.0 - $1.1)) }
            }
            rounds += 1
        }
        self.flows = flows
        self.rounds = rounds
        isSettled = change <= limit
        destinationMiss = destinations.indices.reduce(0) { greatest, column in
            let total = destinations[column]
            let miss = abs(flows.reduce(0) { $0 + $1[column] } - total)
            return total > 0 ? max(greatest, miss / total) : greatest
        }
    }

    private static func factor(_ total: Double, _ sum: Double) -> Double { sum > 0 ? total / sum : 0 }

    private static func check(
        pattern: [[Double]], origins: [Double], destinations: [Double]
    ) throws(FurnessError) {
        func isFlow(_ value: Double) -> Bool { value.isFinite && value >= 0 }
        for (row, values) in pattern.enumerated() {
            for (column, value) in values.enumerated() where !isFlow(value) {
                throw .badPattern(origin: row, destination: column, value: value)
            }
        }
        for (row, total) in origins.enumerated() {
            guard isFlow(total) else { throw .badOrigin(row, total: total) }
            let leads = zip(pattern[row], destinations).contains { $0 > 0 && $1 > 0 }
            guard total == 0 || leads else { throw .noWayFrom(origin: row) }
        }
        for (column, total) in destinations.enumerated() {
            guard isFlow(total) else { throw .badDestination(column, total: total) }
            let leads = zip(pattern, origins).contains { $0[column] > 0 && $1 > 0 }
            guard total == 0 || leads else { throw .noWayTo(destination: column) }
        }
    }
}
