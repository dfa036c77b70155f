extension IntegerProgram {
    /// Solves the program with CBC (Forrest and Lougee-Heimer 2005): one thread, a fixed seed, no gap left open.
    ///
    /// The same program and limit on nodes give the same outcome.
    public func solve(limits: SearchLimits = .init()) -> ProgramOutcome {
        check(objective)
        guard hasWholeNumbersInBounds, keepsConstantRows else { return .infeasible }
        // CBC has no answer for a program without variables.
        if columns.isEmpty {
            return .optimal(ProgramSolution(values: [], objective: objective.constant, bound: objective.constant))
        }
        var model = CbcModel(self, limits: limits)
        let verdict = model.solve()
        switch verdict {
        case .optimal:
            guard let values = model.values else { return .stopped(best: nil, bound: nil) }
            return .optimal(solution(from: values, bound: model.bound))
        case .infeasibleOrUnbounded:
            // CBC calls some unbounded programs infeasible; without an objective none is unbounded.
            return isFeasible(limits: limits)
        case .stopped:
            let bound = model.bound.map(sign)
            return .stopped(best: model.values.map { solution(from: $0, bound: model.bound) }, bound: bound)
        }
    }

    private var hasWholeNumbersInBounds: Bool {
        columns.allSatisfy {
            $0.kind == .continuous || $0.bounds.lowerBound.rounded(.up) <= $0.bounds.upperBound.rounded(.down)
        }
    }

    private var keepsConstantRows: Bool {
        rows.allSatisfy { row in
            guard row.expression.terms.isEmpty else { return true }
            let constant = row.expression.constant
            return switch row.relation {
            case .atMost: constant <= 0
            case .equal: constant == 0
            case .atLeast: constant >= 0
            }
        }
    }

    private func isFeasible(limits: SearchLimits) -> ProgramOutcome {
        var plain = self
        plain.objective = LinearExpression()
        var model = CbcModel(plain, limits: limits)
        switch model.solve() {
        case .optimal: return .unbounded
        case .infeasibleOrUnbounded: return .infeasible
        case .stopped: return .stopped(best: nil, bound: nil)
        }
    }

    /// The values with the whole numbers made exactly whole and the others sought again with those held.
    private func solution(from found: [Double], bound: Double?) -> ProgramSolution {
        var values = found
        if columns.contains(where: { $0.kind == .integer }) {
            for (number, column) in columns.enumerated() where column.kind == .integer {
                values[number].round()
            }
            var model = CbcModel(holding(wholeNumbersOf: values), limits: .init())
            // Where the rounded numbers leave no solution to the last digit, what the search found stands.
            if case .optimal = model.solve(), let exact = model.values {
                for (number, column) in columns.enumerated() where column.kind == .continuous {
                    values[number] = exact[number]
                }
            }
        }
        let objective = objective.value(at: values)
        return ProgramSolution(values: values, objective: objective, bound: bound.map(sign) ?? objective)
    }

    /// A value of what CBC makes least, as one of the objective.
    private func sign(_ value: Double) -> Double { goal == .least ? value : -value }
}
