/// Why costs and labels do not make an energy.
public enum EnergyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A variable has no labels, or more than ``CyclicEnergy/greatestLabelCount``.
    case labelCount(variable: Int, count: Int)
    /// Costs are given for a variable that is not there.
    case unknownVariable(Int, variableCount: Int)
    /// An edge joins a variable to itself.
    case loop(edge: Int, variable: Int)
    /// A table of a variable has not one value for each label.
    case unarySize(variable: Int, expected: Int, found: Int)
    /// A general table of an edge has not one value for each pair of labels.
    case generalSize(edge: Int, expected: Int, found: Int)
    /// The size of a difference table does not divide the label counts of both ends.
    case differenceSize(edge: Int, labelCounts: [Int], found: Int)
    /// A cost is not a number, or greater than ``CyclicEnergy/greatestCost`` in size.
    case cost(EnergyPlace, value: Int)
    /// Variables that depend on each other have no common cycle short enough: the least has `common` labels.
    case noCommonCycle(variable: Int, common: Int)

    /// What was expected and what was found.
    public var description: String {
        switch self {
        case .labelCount(let variable, let count):
            "variable \(variable): expected 1 to \(CyclicEnergy.greatestLabelCount) labels, found \(count)"
        case .unknownVariable(let variable, let count):
            "expected a variable from 0 to \(count - 1), found \(variable)"
        case .loop(let edge, let variable):
            "edge \(edge): expected two different variables, found \(variable) twice"
        case .unarySize(let variable, let expected, let found):
            "costs of variable \(variable): expected \(expected) values, found \(found)"
        case .generalSize(let edge, let expected, let found):
            "edge \(edge): expected \(expected) values, one for each pair of labels, found \(found)"
        case .differenceSize(let edge, let counts, let found):
            "edge \(edge): expected a number of values that divides \(counts[0]) and \(counts[1]) labels, found \(found)"
        case .cost(let place, let value):
            "\(place), value \(value): expected a number of at most \(CyclicEnergy.greatestCost) in size"
        case .noCommonCycle(let variable, let common):
            "variables joined to \(variable): expected label counts with a common multiple of at most "
                + "\(CyclicEnergy.greatestLabelCount), found \(common)"
        }
    }
}

/// A table of an energy.
public enum EnergyPlace: Equatable, Sendable, CustomStringConvertible {
    /// Costs of a variable's labels.
    case variable(Int)
    /// Costs of an edge, by its place in the list.
    case edge(Int)

    /// The table by its number.
    public var description: String {
        switch self {
        case .variable(let number): "costs of variable \(number)"
        case .edge(let number): "edge \(number)"
        }
    }
}
