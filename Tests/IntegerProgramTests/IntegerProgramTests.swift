import IntegerProgram
import Testing

@Suite("Integer programs")
struct IntegerProgramTests {
    @Test("A linear program without whole numbers is solved at a corner of its polygon")
    func linear() throws {
        // Dantzig's textbook shape: the corner of x + 2y ≤ 14, 3x − y ≥ 0 and x − y ≤ 2 that 3x + 4y likes best.
        var program = IntegerProgram(goal: .greatest)
        let x = program.addVariable(in: 0 ... .infinity)
        let y = program.addVariable(in: 0 ... .infinity)
        program.require(1 * x + 2 * y, atMost: 14)
        program.require(3 * x - 1 * y, atLeast: 0)
        program.require(1 * x - 1 * y, atMost: 2)
        program.objective = 3 * x + 4 * y + 10
        let solution = try optimum(of: program)
        #expect(abs(solution[x] - 6) < 1e-9)
        #expect(abs(solution[y] - 4) < 1e-9)
        #expect(abs(solution.objective - 44) < 1e-9)
        #expect(abs(solution.bound - 44) < 1e-9)
    }

    @Test("Whole numbers are exactly whole, and cost what they must")
    func whole() throws {
        var program = IntegerProgram(goal: .greatest)
        let x = program.addVariable(in: 0...10, kind: .integer)
        let y = program.addVariable(in: 0...10)
        program.require(2 * x + 2 * y, atMost: 7)
        program.require(1 * y, atMost: 0.25)
        program.objective = 1 * x + 1 * y
        let solution = try optimum(of: program)
        #expect(solution[x] == 3)
        #expect(abs(solution[y] - 0.25) < 1e-12)
        #expect(abs(solution.bound - 3.25) < 1e-9)
    }

    @Test("Negative whole numbers and equalities are kept")
    func negative() throws {
        var program = IntegerProgram(goal: .least)
        let x = program.addVariable(in: -5.5...5, kind: .integer)
        let y = program.addVariable(in: -.infinity ... .infinity)
        program.require(1 * y, equals: 2 * x + 1)
        program.objective = 1 * y
        let solution = try optimum(of: program)
        #expect(solution[x] == -5)
        #expect(abs(solution[y] + 9) < 1e-9)
        #expect(abs(solution.value(of: 1 * y - 2 * x) - 1) < 1e-9)
    }

    @Test("Requirements that exclude each other are infeasible", arguments: [IntegerProgram.Kind.continuous, .integer])
    func infeasible(kind: IntegerProgram.Kind) {
        var program = IntegerProgram(goal: .greatest)
        let x = program.addVariable(in: 0...10, kind: kind)
        let y = program.addVariable(in: 0...10, kind: kind)
        program.require(1 * x + 1 * y, atMost: 3)
        program.require(1 * x + 1 * y, atLeast: 4)
        program.objective = 1 * x
        #expect(isInfeasible(program.solve()))
    }

    @Test("What only fractions could keep is infeasible in whole numbers")
    func parity() {
        var program = IntegerProgram(goal: .least)
        let x = program.addVariable(in: -100...100, kind: .integer)
        let y = program.addVariable(in: -100...100, kind: .integer)
        program.require(2 * x + 2 * y, equals: 7)
        program.objective = 1 * x
        #expect(isInfeasible(program.solve()))
        var narrow = IntegerProgram(goal: .least)
        _ = narrow.addVariable(in: 0.25...0.75, kind: .integer)
        #expect(isInfeasible(narrow.solve()))
    }

    @Test("An objective without end is unbounded", arguments: [IntegerProgram.Kind.continuous, .integer])
    func unbounded(kind: IntegerProgram.Kind) {
        var program = IntegerProgram(goal: .greatest)
        let x = program.addVariable(in: 0 ... .infinity, kind: kind)
        let y = program.addVariable(in: 0 ... .infinity, kind: kind)
        program.require(1 * x - 1 * y, atMost: 7)
        program.objective = 1 * x + 1 * y
        guard case .unbounded = program.solve() else {
            Issue.record("expected unbounded")
            return
        }
    }

    @Test("An objective without end is of no use where nothing keeps the requirements")
    func neither() {
        var program = IntegerProgram(goal: .greatest)
        let x = program.addVariable(in: 0 ... .infinity)
        let y = program.addVariable(in: 0...10, kind: .integer)
        program.require(2 * y, equals: 3)
        program.objective = 1 * x
        #expect(isInfeasible(program.solve()))
    }

    @Test("A constant that contradicts itself is infeasible, and a program without variables has its constant")
    func constants() throws {
        var program = IntegerProgram(goal: .least)
        program.objective = 5
        #expect(try optimum(of: program).objective == 5)
        let x = program.addVariable(in: 0...1)
        program.require(0 * x + 1, atMost: 0)
        #expect(isInfeasible(program.solve()))
    }

    @Test("Bounds the wrong way round and variables of another program stop the program")
    func mistakes() async {
        await #expect(processExitsWith: .failure) {
            var program = IntegerProgram(goal: .least)
            _ = program.addVariable(in: .infinity ... .infinity)
        }
        await #expect(processExitsWith: .failure) {
            var other = IntegerProgram(goal: .least)
            _ = other.addVariable(in: 0...1)
            let foreign = other.addVariable(in: 0...1)
            var program = IntegerProgram(goal: .least)
            _ = program.addVariable(in: 0...1)
            program.require(1 * foreign, atMost: 1)
        }
    }

    @Test("The solver says nothing of its own on standard output and standard error")
    func silent() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            for bound in [3.5, -1] {
                var program = IntegerProgram(goal: .greatest)
                let x = program.addVariable(in: 0...10, kind: .integer)
                let y = program.addVariable(in: 0...10, kind: .integer)
                program.require(3 * x + 2 * y, atMost: .init(4 * bound))
                program.objective = 2 * x + 1 * y
                _ = program.solve()
            }
        }
        let said = try #require(result)
        for content in [said.standardOutputContent, said.standardErrorContent] {
            let text = String(decoding: content, as: UTF8.self)
            #expect(!text.contains("Cbc") && !text.contains("Clp") && !text.contains("Cgl"), "\(text)")
        }
    }

    private func isInfeasible(_ outcome: ProgramOutcome) -> Bool {
        guard case .infeasible = outcome else { return false }
        return true
    }
}

/// The optimum of a program that has one.
func optimum(of program: IntegerProgram) throws -> ProgramSolution {
    let outcome = program.solve()
    guard case .optimal(let solution) = outcome else { throw NoOptimum(outcome: outcome) }
    return solution
}

struct NoOptimum: Error {
    var outcome: ProgramOutcome
}
