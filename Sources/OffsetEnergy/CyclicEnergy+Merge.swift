extension CyclicEnergy {
    /// The same costs with one edge of each kind for two variables, from the one with the lower number.
    static func merged(_ edges: [EnergyEdge], _ labelCounts: [Int]) -> [EnergyEdge] {
        let upward = edges.map { $0.from < $0.to ? $0 : $0.turned(labelCounts) }
        // Sorting keeps the order of equal edges, so that sums do not depend on anything but the input.
        let order = upward.indices.sorted { first, second in
            let (one, other) = (upward[first], upward[second])
            return (one.from, one.to, one.cost.rank, first) < (other.from, other.to, other.cost.rank, second)
        }
        var result: [EnergyEdge] = []
        for edge in order.map({ upward[$0] }) {
            guard let last = result.last, last.from == edge.from, last.to == edge.to, last.cost.rank == edge.cost.rank
            else {
                result.append(edge)
                continue
            }
            result[result.count - 1] = EnergyEdge(from: edge.from, to: edge.to, cost: last.cost + edge.cost)
        }
        return result
    }
}

extension EnergyEdge {
    fileprivate func turned(_ labelCounts: [Int]) -> EnergyEdge {
        switch cost {
        case .difference(let values):
            return EnergyEdge(from: to, to: from, cost: .difference(reversedDifferences(values)))
        case .general(let values):
            let (rows, columns) = (labelCounts[from], labelCounts[to])
            let turned = (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
            return EnergyEdge(from: to, to: from, cost: .general(turned))
        }
    }
}

extension EdgeCost {
    fileprivate var rank: Int {
        switch self {
        case .difference: 0
        case .general: 1
        }
    }

    /// The sum of two costs of the same kind; difference tables go on periodically to a common size.
    fileprivate static func + (first: EdgeCost, second: EdgeCost) -> EdgeCost {
        let (one, other) = (first.values, second.values)
        let size = leastCommonMultiple(one.count, other.count)
        let sum = (0..<size).map { one[$0 % one.count] + other[$0 % other.count] }
        switch first {
        case .difference: return .difference(sum)
        case .general: return .general(sum)
        }
    }
}

/// The same cost as a function of the difference with the other sign.
func reversedDifferences<Cost>(_ values: [Cost]) -> [Cost] {
    values.indices.map { values[$0 == 0 ? 0 : values.count - $0] }
}

func leastCommonMultiple(_ first: Int, _ second: Int) -> Int {
    var (greater, less) = (first, second)
    while less != 0 { (greater, less) = (less, greater % less) }
    return first / greater * second
}
