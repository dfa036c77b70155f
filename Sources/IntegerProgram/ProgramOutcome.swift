/// What came of solving an ``IntegerProgram``.
public enum ProgramOutcome: Sendable {
    /// Values that no others are better than: the solver has closed the gap.
    case optimal(ProgramSolution)
    /// No values keep all requirements.
    case infeasible
    /// There are values that keep all requirements, and of them such as make the objective as good as one likes.
    case unbounded
    /// The search ended at a limit, or numerical trouble ended it.
    ///
    /// - Parameters:
    ///   - best: The best values that were found; nil where none were.
    ///   - bound: What no values can be better than; nil where the search knows nothing.
    case stopped(best: ProgramSolution?, bound: Double?)
}

/// Values of the variables of an ``IntegerProgram`` that keep all its requirements.
public struct ProgramSolution: Sendable, Equatable {
    let values: [Double]
    /// Value of the objective.
    public let objective: Double
    /// What no values can be better than, as the solver has it; that of the objective where it is optimal, but for
    /// rounding.
    public let bound: Double

    /// Value of a variable; exactly whole for one that has to be.
    public subscript(variable: Variable) -> Double { values[variable.index] }

    /// Value of a sum.
    public func value(of expression: LinearExpression) -> Double { expression.value(at: values) }
}

/// When a search ends before it has proved that nothing is better.
public struct SearchLimits: Sendable, Equatable {
    /// Nodes of the search tree; nil for as many as it takes.
    ///
    /// The outcome at this limit is the same on every run.
    public var nodes: Int?
    /// Processor time, s; nil for as much as it takes.
    ///
    /// The outcome at this limit depends on the machine.
    public var seconds: Double?

    /// States the limits.
    ///
    /// - Precondition: They are above 0.
    public init(nodes: Int? = nil, seconds: Double? = nil) {
        precondition(nodes ?? 1 > 0 && seconds ?? 1 > 0)
        self.nodes = nodes
        self.seconds = seconds
    }
}

extension LinearExpression {
    /// Value at given values of all variables.
    func value(at values: [Double]) -> Double {
        terms.reduce(constant) { $0 + $1.coefficient * values[$1.variable.index] }
    }
}
