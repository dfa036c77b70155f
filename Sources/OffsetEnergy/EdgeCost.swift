/// What the labels of two variables cost together.
public enum EdgeCost: Sendable, Equatable {
    /// Value d is the cost of (label of `to` − label of `from`) mod the number of values, which divides both label counts.
    case difference([Double])
    /// Costs of all pairs, those of one label of `from` in a row: value `from · labels of to + to`.
    case general([Double])

    /// The table.
    public var values: [Double] {
        switch self {
        case .difference(let values), .general(let values): values
        }
    }
}

/// A cost that two variables share; for offsets, the delay on the road between two junctions, in one or both directions.
public struct EnergyEdge: Sendable, Equatable {
    /// Number of the first variable.
    public let from: Int
    /// Number of the second variable, not the first.
    public let to: Int
    /// Cost of their labels, in the unit of the energy.
    public let cost: EdgeCost

    /// Joins two variables.
    public init(from: Int, to: Int, cost: EdgeCost) {
        self.from = from
        self.to = to
        self.cost = cost
    }
}
