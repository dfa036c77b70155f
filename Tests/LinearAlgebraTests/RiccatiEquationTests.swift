import LinearAlgebra
import TestSupport
import Testing

@Suite("Discrete algebraic Riccati equations")
struct RiccatiEquationTests {
    /// A system with its parts.
    struct Case {
        var dynamics: Matrix
        var input: Matrix
        var stateWeight: Matrix
        var inputWeight: Matrix

        func solved() throws(RiccatiError) -> RiccatiEquation.Solution {
            try RiccatiEquation(
                dynamics: dynamics, input: input, stateWeight: stateWeight, inputWeight: inputWeight
            ).solved()
        }

        /// What a solution misses the equation by, relative to the greatest element of its terms.
        func residual(_ cost: Matrix) -> Double {
            let weighed = product(input.transposed, cost)
            var inner = product(weighed, input)
            for place in inner.elements.indices { inner.elements[place] += inputWeight.elements[place] }
            let carried = product(dynamics.transposed, product(cost, dynamics))
            let cross = product(weighed, dynamics)
            let saved = product(cross.transposed, RandomProblem.solve(inner, cross))
            var greatest = (miss: 0.0, term: 0.0)
            for place in cost.elements.indices {
                let terms = [carried, saved, stateWeight, cost].map { $0.elements[place] }
                greatest.miss = max(greatest.miss, abs(terms[0] - terms[1] + terms[2] - terms[3]))
                greatest.term = max(greatest.term, terms.map(abs).max() ?? 0)
            }
            return greatest.term > 0 ? greatest.miss / greatest.term : 0
        }

        var forSciPy: SciPyProgram.System {
            .init(
                dynamics: dynamics.byRows, input: input.byRows, stateWeight: stateWeight.byRows,
                inputWeight: inputWeight.byRows)
        }
    }

    private static func scaled(_ matrix: Matrix, _ factor: Double) -> Matrix {
        var result = matrix
        for place in result.elements.indices { result.elements[place] *= factor }
        return result
    }

    /// Systems of every kind: stable and unstable ones, A near the identity, weights from next to nothing to large.
    private static func random(_ seed: UInt64) -> Case {
        var random = SplitMix64(seed: seed)
        let order = Int.random(in: 1...14, using: &random)
        let controls = Int.random(in: 1...order, using: &random)
        var dynamics = scaled(
            RandomProblem.matrix(rows: order, columns: order, &random), Double.random(in: 0.1...1.5, using: &random))
        if seed % 3 == 1 {
            dynamics = scaled(dynamics, 1e-3)
            for place in 0..<order { dynamics[place, place] += 1 }
        }
        let rank = seed % 4 == 2 ? max(1, order / 2) : order
        let factor = RandomProblem.matrix(rows: rank, columns: order, &random)
        let state = RandomProblem.normal(factor, weights: Array(repeating: 1, count: rank))
        let shift = seed % 5 == 3 ? 1e-6 : 0.1
        let input = RandomProblem.positiveDefinite(size: controls, shift: shift, &random)
        return Case(
            dynamics: dynamics, input: RandomProblem.matrix(rows: order, columns: controls, &random),
            stateWeight: state, inputWeight: scaled(input, seed % 5 == 4 ? 1e-5 : 1))
    }

    /// Greatest difference relative to the greatest element.
    private static func difference(_ one: Matrix, _ rows: [[Double]]) -> Double {
        let other = rows.joined()
        let scale = max(other.map(abs).max() ?? 0, 1e-300)
        return zip(one.byRows.joined(), other).map { abs($0 - $1) / scale }.max() ?? 0
    }

    @Test("Solutions are SciPy's", .enabled(if: SciPyProgram.isExpected, SciPyProgram.absence))
    func likeSciPy() throws {
        let cases = (0..<400).map { Self.random(UInt64($0)) }
        let expected = try SciPyProgram.solutions(of: cases.map(\.forSciPy))
        var compared = 0
        for (number, (item, wanted)) in zip(cases, expected).enumerated() {
            let found = try? item.solved()
            guard let found, let wanted else {
                // Both give up on those that no control holds; what SciPy gives beyond is no solution to be relied on.
                let miss = wanted.map { item.residual(Matrix(byRows: $0)) } ?? .infinity
                #expect(wanted == nil || miss > 1e-9, "case \(number): SciPy has a solution, \(miss)")
                continue
            }
            let (own, other) = (item.residual(found.cost), item.residual(Matrix(byRows: wanted)))
            let difference = Self.difference(found.cost, wanted)
            // Where a solution is hard to find, the two differ by what SciPy's own misses the equation by.
            #expect(
                difference < 1e-9 || own < other, "case \(number): differs by \(difference), \(own) against \(other)")
            #expect(difference < 1e-4, "case \(number): differs by \(difference)")
            #expect(found.spectralRadius < 1 && own < 1e-8, "case \(number): \(own)")
            compared += difference < 1e-9 ? 1 : 0
        }
        #expect(compared >= 340, "\(compared) of \(cases.count) as SciPy's to nine places")
    }

    @Test("A single state and control has the root of its quadratic equation", arguments: 0..<100 as Range<UInt64>)
    func scalar(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let a = Double.random(in: -3...3, using: &random)
        let b = Double.random(in: 0.1...2, using: &random)
        let q = Double.random(in: 0.01...5, using: &random)
        let r = Double.random(in: 0.01...5, using: &random)
        // b²x² + (r − a²r − qb²)x − qr = 0.
        let middle = r - a * a * r - q * b * b
        let x = (-middle + (middle * middle + 4 * b * b * q * r).squareRoot()) / (2 * b * b)
        func one(_ value: Double) -> Matrix { RandomProblem.symmetric([[value]]) }
        let found = try RiccatiEquation(
            dynamics: one(a), input: one(b), stateWeight: one(q), inputWeight: one(r)
        ).solved()
        #expect(abs(found.cost[0, 0] - x) < 1e-11 * x)
        let gain = a * b * x / (r + b * b * x)
        #expect(abs(found.gain[0, 0] - gain) < 1e-11)
        #expect(abs(found.spectralRadius - abs(a - b * gain)) < 1e-10)
    }

    @Test("Without weight on the control the state is gone in one step")
    func deadbeat() throws {
        let zero = Matrix(rows: 2, columns: 2)
        let found = try RiccatiEquation(
            dynamics: RandomProblem.symmetric([[1.1, 0.3], [0.3, 0.9]]), input: .identity(2), stateWeight: .identity(2),
            inputWeight: zero
        ).solved()
        #expect(RandomProblem.distance(found.cost.elements, Matrix.identity(2).elements) < 1e-12)
        #expect(found.spectralRadius < 1e-7)
    }

    @Test("The cost is what the control makes of it", arguments: 0..<40 as Range<UInt64>)
    func costOfControl(seed: UInt64) throws {
        let item = Self.random(seed)
        let found = try item.solved()
        var random = SplitMix64(seed: seed)
        var state = Matrix(rows: item.dynamics.rows, columns: 1)
        state.elements = RandomProblem.vector(item.dynamics.rows, &random)
        let expected = product(state.transposed, product(found.cost, state))[0, 0]
        var sum = 0.0
        for _ in 0..<3000 {
            let control = Self.scaled(product(found.gain, state), -1)
            sum += product(state.transposed, product(item.stateWeight, state))[0, 0]
            sum += product(control.transposed, product(item.inputWeight, control))[0, 0]
            state.elements = zip(
                product(item.dynamics, state).elements, product(item.input, control).elements
            ).map { $0 + $1 }
        }
        // What is left of the state costs the rest.
        sum += product(state.transposed, product(found.cost, state))[0, 0]
        #expect(abs(sum - expected) < 1e-8 * expected, "seed \(seed): \(sum), expected \(expected)")
    }

    @Test("What no control holds has no solution")
    func notStabilisable() {
        // The second state is left alone at 1 and above.
        for own in [1.0, 1.2] {
            #expect(throws: RiccatiError.self) {
                try RiccatiEquation(
                    dynamics: RandomProblem.symmetric([[0.5, 0], [0, own]]),
                    input: Matrix.column([1, 0]), stateWeight: .identity(2), inputWeight: .identity(1)
                ).solved()
            }
        }
        // Nothing counts for a state that stays as it is: neither does the solution hold it.
        #expect(throws: RiccatiError.self) {
            try RiccatiEquation(
                dynamics: .identity(1), input: .identity(1), stateWeight: Matrix(rows: 1, columns: 1),
                inputWeight: .identity(1)
            ).solved()
        }
    }

    @Test("Matrices of other shapes, without numbers or not symmetric are named")
    func badInput() {
        func equation(_ a: Matrix, _ b: Matrix, _ q: Matrix, _ r: Matrix) throws(RiccatiError) {
            _ = try RiccatiEquation(dynamics: a, input: b, stateWeight: q, inputWeight: r)
        }
        let (one, two) = (Matrix.identity(1), Matrix.identity(2))
        #expect(throws: RiccatiError.shape(matrix: "A", expected: [2, 2], found: [2, 1])) {
            try equation(Matrix(rows: 2, columns: 1), two, two, two)
        }
        #expect(throws: RiccatiError.shape(matrix: "B", expected: [2, 1], found: [1, 1])) {
            try equation(two, one, two, one)
        }
        #expect(throws: RiccatiError.shape(matrix: "Q", expected: [2, 2], found: [1, 1])) {
            try equation(two, two, one, two)
        }
        #expect(throws: RiccatiError.shape(matrix: "R", expected: [2, 2], found: [1, 1])) {
            try equation(two, two, two, one)
        }
        var broken = two
        broken[0, 1] = .nan
        #expect(throws: RiccatiError.notFinite(matrix: "Q")) { try equation(two, two, broken, two) }
        broken[0, 1] = 1
        #expect(throws: RiccatiError.notSymmetric(matrix: "R")) { try equation(two, two, two, broken) }
    }

    @Test("No state has the empty solution")
    func empty() throws {
        let none = Matrix(rows: 0, columns: 0)
        let found = try RiccatiEquation(dynamics: none, input: none, stateWeight: none, inputWeight: none).solved()
        #expect(found.cost == none && found.spectralRadius == 0)
    }
}

extension Matrix {
    fileprivate static func column(_ values: [Double]) -> Matrix {
        var result = Matrix(rows: values.count, columns: 1)
        result.elements = values
        return result
    }
}
