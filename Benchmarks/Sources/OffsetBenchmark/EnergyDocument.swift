import OffsetEnergy

/// An energy in a file.
struct EnergyDocument: Codable {
    /// Costs of two variables: exactly one of the tables.
    struct Edge: Codable {
        var from: Int
        var to: Int
        /// Cost of each difference, `to` less `from`.
        var difference: [Double]?
        /// Cost of each pair of labels, those of one label of `from` in a row.
        var general: [Double]?
    }

    /// Costs of one variable's labels.
    struct Unary: Codable {
        var variable: Int
        var costs: [Double]
    }

    var labelCounts: [Int]
    var unary: [Unary]
    var edges: [Edge]

    init(_ energy: CyclicEnergy) {
        labelCounts = energy.labelCounts
        unary = energy.unary.enumerated().filter { !$0.element.isEmpty }.map {
            Unary(variable: $0.offset, costs: $0.element)
        }
        edges = energy.edges.map { edge in
            switch edge.cost {
            case .difference(let values): Edge(from: edge.from, to: edge.to, difference: values)
            case .general(let values): Edge(from: edge.from, to: edge.to, general: values)
            }
        }
    }

    /// - Throws: ``EnergyError``, and ``EnergyDocumentError`` for what is not an energy in its form.
    func energy() throws -> CyclicEnergy {
        var tables: [Int: [Double]] = [:]
        for entry in unary {
            guard tables.updateValue(entry.costs, forKey: entry.variable) == nil else {
                throw EnergyDocumentError.twice(variable: entry.variable)
            }
        }
        let costs = try edges.enumerated().map { number, edge in
            switch (edge.difference, edge.general) {
            case (let values?, nil): EnergyEdge(from: edge.from, to: edge.to, cost: .difference(values))
            case (nil, let values?): EnergyEdge(from: edge.from, to: edge.to, cost: .general(values))
            default: throw EnergyDocumentError.tables(edge: number)
            }
        }
        return try CyclicEnergy(labelCounts: labelCounts, unary: tables, edges: costs)
    }
}

/// Why a file does not hold an energy.
enum EnergyDocumentError: Error, CustomStringConvertible {
    /// A variable has two tables.
    case twice(variable: Int)
    /// An edge has not exactly one table.
    case tables(edge: Int)

    var description: String {
        switch self {
        case .twice(let variable): "variable \(variable): expected one table of costs, found two"
        case .tables(let edge): "edge \(edge): expected either difference or general costs"
        }
    }
}
