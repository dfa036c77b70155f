/// A variable of an ``IntegerProgram``, by the order in which it was added.
public struct Variable: Sendable, Hashable {
    let index: Int
}

/// A sum of variables with coefficients, and a constant.
public struct LinearExpression: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// Coefficient of each variable that occurs.
    private(set) var coefficients: [Variable: Double] = [:]
    /// What the sum is where all variables are 0.
    public var constant: Double

    /// A sum without variables.
    public init(_ constant: Double = 0) { self.constant = constant }

    /// A variable by itself.
    public init(_ variable: Variable) {
        constant = 0
        coefficients = [variable: 1]
    }

    /// A sum without variables.
    public init(floatLiteral value: Double) { self.init(value) }

    /// A sum without variables.
    public init(integerLiteral value: Int) { self.init(Double(value)) }

    /// Variables with their coefficients in the order in which they were added to the program.
    var terms: [(variable: Variable, coefficient: Double)] {
        coefficients.filter { $0.value != 0 }.map { ($0.key, $0.value) }.sorted { $0.0.index < $1.0.index }
    }

    /// Adds another sum.
    public static func += (sum: inout Self, other: Self) {
        sum.constant += other.constant
        for (variable, coefficient) in other.coefficients { sum.coefficients[variable, default: 0] += coefficient }
    }

    /// Takes another sum away.
    public static func -= (sum: inout Self, other: Self) { sum += -1 * other }

    /// The sum of two.
    public static func + (one: Self, other: Self) -> Self {
        var sum = one
        sum += other
        return sum
    }

    /// The difference of two.
    public static func - (one: Self, other: Self) -> Self { one + -1 * other }

    /// A multiple.
    public static func * (factor: Double, expression: Self) -> Self {
        var product = expression
        product.constant *= factor
        product.coefficients = product.coefficients.mapValues { factor * $0 }
        return product
    }
}

extension Variable {
    /// A multiple of a variable.
    public static func * (factor: Double, variable: Variable) -> LinearExpression {
        factor * LinearExpression(variable)
    }
}
