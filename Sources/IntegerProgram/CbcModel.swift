import CCbc
import Synchronization

/// CBC's model of an ``IntegerProgram``, with its C pointers.
///
/// The objective is always made least: that of a program that seeks the greatest is turned round.
struct CbcModel: ~Copyable {
    enum Verdict {
        case optimal, infeasibleOrUnbounded, stopped
    }

    /// CBC keeps some of its settings in variables of its own.
    private static let oneAtATime = Mutex(())

    private let model: UnsafeMutableRawPointer
    private let constant: Double
    private let columnCount: Int
    private let isWhole: Bool
    private var verdict: Verdict?

    init(_ program: IntegerProgram, limits: SearchLimits) {
        guard let model = Cbc_newModel() else { fatalError("no memory for a model of CBC") }
        self.model = model
        let sign = program.goal == .least ? 1.0 : -1.0
        var costs = Array(repeating: 0.0, count: program.columns.count)
        for (variable, coefficient) in program.objective.terms { costs[variable.index] = sign * coefficient }
        constant = sign * program.objective.constant
        columnCount = program.columns.count
        isWhole = program.columns.contains { $0.kind == .integer }
        for (column, cost) in zip(program.columns, costs) {
            Cbc_addCol(
                model, "", column.bounds.lowerBound, column.bounds.upperBound, cost, column.kind == .integer ? 1 : 0, 0,
                nil, nil)
        }
        for row in program.rows {
            let terms = row.expression.terms
            guard !terms.isEmpty else { continue }
            let sense =
                switch row.relation {
                case .atMost: UInt8(ascii: "L")
                case .equal: UInt8(ascii: "E")
                case .atLeast: UInt8(ascii: "G")
                }
            Cbc_addRow(
                model, "", Int32(terms.count), terms.map { Int32($0.variable.index) }, terms.map(\.coefficient),
                CChar(sense), -row.expression.constant)
        }
        for (name, value) in [
            ("logLevel", "0"), ("ratioGap", "0"), ("allowableGap", "0"), ("increment", "1e-9"), ("threads", "0"),
            ("randomSeed", "1"), ("randomCbcSeed", "1"),
        ] {
            Cbc_setParameter(model, name, value)
        }
        Cbc_setLogLevel(model, 0)
        if let nodes = limits.nodes { Cbc_setMaximumNodes(model, Int32(clamping: nodes)) }
        if let seconds = limits.seconds { Cbc_setMaximumSeconds(model, seconds) }
    }

    deinit { Cbc_deleteModel(model) }

    mutating func solve() -> Verdict {
        let found: Verdict = Self.oneAtATime.withLock { _ in
            _ = Cbc_solve(model)
            if Cbc_isProvenOptimal(model) != 0 { return .optimal }
            let isOutOfTheQuestion = Cbc_isProvenInfeasible(model) != 0 || Cbc_isContinuousUnbounded(model) != 0
            return isOutOfTheQuestion ? .infeasibleOrUnbounded : .stopped
        }
        verdict = found
        return found
    }

    /// The best values found; nil where there are none.
    var values: [Double]? {
        guard let verdict, verdict != .infeasibleOrUnbounded else { return nil }
        // What a stopped search shows as its solution may be that of a relaxation.
        let found = verdict == .optimal ? Cbc_getColSolution(model) : UnsafePointer(Cbc_bestSolution(model))
        return found.map { Array(UnsafeBufferPointer(start: $0, count: columnCount)) }
    }

    /// What no values can be below, with the objective turned to be made least; nil where nothing is known.
    var bound: Double? {
        guard let verdict, verdict != .infeasibleOrUnbounded else { return nil }
        // CBC has such a bound only where it searched a tree.
        let value = isWhole ? Cbc_getBestPossibleObjValue(model) : Cbc_getObjValue(model)
        guard isWhole || verdict == .optimal, abs(value) < 1e50 else { return nil }
        return value + constant
    }
}
