import OffsetEnergy
import SignalModel

/// Small energies with drawn costs, and all that can be said of them by trying everything.
enum RandomEnergy {
    /// Which costs an energy has beside differences of labels on one cycle.
    enum Kind: CaseIterable {
        case differences, unary, general, halfCycles, padded
    }

    /// Draws an energy in which each pair of variables is joined with a probability.
    static func make(_ kind: Kind, variables: Int, labels: Int, density: Double, seed: UInt64) throws -> CyclicEnergy {
        var generator = SeededGenerator(seed: seed)
        func costs(_ count: Int) -> [Double] { (0..<count).map { _ in generator.nextShare() * 10 - 3 } }
        let counts = (0..<variables).map { number in
            switch kind {
            case .halfCycles: number % 2 == 0 ? labels : labels / 2
            case .padded: labels - number % 3
            default: labels
            }
        }
        var edges: [EnergyEdge] = []
        for from in 0..<variables {
            for to in 0..<variables where from != to && generator.nextShare() < density / 2 {
                let isGeneral = kind == .padded || (kind == .general && generator.nextShare() < 0.5)
                let cost: EdgeCost =
                    isGeneral
                    ? .general(costs(counts[from] * counts[to])) : .difference(costs(min(counts[from], counts[to])))
                edges.append(EnergyEdge(from: from, to: to, cost: cost))
            }
        }
        var unary: [Int: [Double]] = [:]
        if kind == .unary || kind == .padded {
            for variable in 0..<variables where variable % 2 == 0 { unary[variable] = costs(counts[variable]) }
        }
        return try CyclicEnergy(labelCounts: counts, unary: unary, edges: edges)
    }

    /// The least value of all labels.
    static func leastValue(_ energy: CyclicEnergy) -> Double {
        var labels = [Int](repeating: 0, count: energy.labelCounts.count)
        var least = Double.infinity
        while true {
            least = min(least, energy.value(of: labels))
            guard let place = labels.indices.first(where: { labels[$0] + 1 < energy.labelCounts[$0] }) else {
                return least
            }
            for number in 0..<place { labels[number] = 0 }
            labels[place] += 1
        }
    }

    /// Labels drawn at random.
    static func labels(_ energy: CyclicEnergy, _ generator: inout SeededGenerator) -> [Int] {
        energy.labelCounts.map { Int.random(in: 0..<$0, using: &generator) }
    }

    /// A rectangular network in which no labels suit all roads.
    static func grid(rows: Int, columns: Int, labels: Int, seed: UInt64) throws -> CyclicEnergy {
        var generator = SeededGenerator(seed: seed)
        var edges: [EnergyEdge] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let number = row * columns + column
                let others = (column + 1 < columns ? [number + 1] : []) + (row + 1 < rows ? [number + columns] : [])
                for other in others {
                    let best = Int.random(in: 0..<labels, using: &generator)
                    let weight = 1 + generator.nextShare()
                    // Grows with the distance from the best difference on the cycle.
                    let costs = (0..<labels).map { label in
                        let apart = abs(label - best)
                        return weight * Double(min(apart, labels - apart))
                    }
                    edges.append(EnergyEdge(from: number, to: other, cost: .difference(costs)))
                }
            }
        }
        return try CyclicEnergy(labelCounts: Array(repeating: labels, count: rows * columns), edges: edges)
    }
}
