/// A linear program some of whose variables take whole numbers only (a mixed-integer linear program).
///
/// The program is a value; solving it leaves it as it is.
public struct IntegerProgram: Sendable {
    /// Which numbers a variable may take.
    public enum Kind: Sendable {
        case continuous
        /// Whole numbers.
        case integer
    }

    /// What the objective is to become.
    public enum Goal: Sendable {
        case least, greatest
    }

    struct Column: Sendable {
        var bounds: ClosedRange<Double>
        var kind: Kind
    }

    enum Relation: Sendable {
        case atMost, equal, atLeast
    }

    struct Row: Sendable {
        var expression: LinearExpression
        var relation: Relation
    }

    private(set) var columns: [Column] = []
    /// Each is held against 0.
    private(set) var rows: [Row] = []
    /// What is to become ``goal``.
    public var objective = LinearExpression()
    /// Whether ``objective`` is to become least or greatest.
    public var goal: Goal

    /// Starts a program without variables.
    public init(goal: Goal) { self.goal = goal }

    /// Number of variables.
    public var variableCount: Int { columns.count }

    /// Adds a variable.
    ///
    /// - Parameter bounds: Least and greatest value; infinite where there is none.
    /// - Precondition: Some finite value is within the bounds.
    public mutating func addVariable(in bounds: ClosedRange<Double>, kind: Kind = .continuous) -> Variable {
        precondition(bounds.lowerBound < .infinity && bounds.upperBound > -.infinity, "a finite value is in bounds")
        columns.append(Column(bounds: bounds, kind: kind))
        return Variable(index: columns.count - 1)
    }

    /// Adds a variable that is 0 or 1.
    public mutating func addBinary() -> Variable { addVariable(in: 0...1, kind: .integer) }

    /// Requires one sum to be at most another.
    ///
    /// - Precondition: Coefficients are finite, and the variables are of this program; so for the other requirements.
    public mutating func require(_ expression: LinearExpression, atMost other: LinearExpression) {
        add(expression - other, .atMost)
    }

    /// Requires one sum to be at least another.
    public mutating func require(_ expression: LinearExpression, atLeast other: LinearExpression) {
        add(expression - other, .atLeast)
    }

    /// Requires two sums to be equal.
    public mutating func require(_ expression: LinearExpression, equals other: LinearExpression) {
        add(expression - other, .equal)
    }

    private mutating func add(_ expression: LinearExpression, _ relation: Relation) {
        check(expression)
        rows.append(Row(expression: expression, relation: relation))
    }

    func check(_ expression: LinearExpression) {
        precondition(expression.constant.isFinite, "constants are finite")
        for (variable, coefficient) in expression.terms {
            precondition(coefficient.isFinite && columns.indices.contains(variable.index), "terms are of this program")
        }
    }

    /// The same program with the whole numbers of a solution held, and nothing else required to be whole.
    func holding(wholeNumbersOf values: [Double]) -> IntegerProgram {
        var held = self
        for (number, column) in columns.enumerated() where column.kind == .integer {
            held.columns[number] = Column(bounds: values[number]...values[number], kind: .continuous)
        }
        return held
    }
}
