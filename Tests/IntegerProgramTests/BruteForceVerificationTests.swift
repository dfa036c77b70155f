import IntegerProgram
import SignalModel
import Testing

@Suite("Integer programs against counting all there is")
struct BruteForceVerificationTests {
    @Test("The best load of a knapsack is that of trying all", arguments: 0..<20 as Range<UInt64>)
    func knapsack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = 12
        let weights = (0..<count).map { _ in Double(Int(random.nextShare() * 40) + 1) }
        let values = (0..<count).map { _ in Double(Int(random.nextShare() * 60) + 1) }
        let room = (weights.reduce(0, +) * 0.4).rounded()
        var best = 0.0
        for chosen in 0..<(1 << count) {
            let members = (0..<count).filter { chosen & (1 << $0) != 0 }
            if members.reduce(0, { $0 + weights[$1] }) <= room {
                best = max(best, members.reduce(0) { $0 + values[$1] })
            }
        }
        var program = IntegerProgram(goal: .greatest)
        let taken = (0..<count).map { _ in program.addBinary() }
        program.require(sum(weights, taken), atMost: .init(room))
        program.objective = sum(values, taken)
        let solution = try optimum(of: program)
        #expect(abs(solution.objective - best) < 1e-9)
        #expect(abs(solution.bound - best) < 1e-6)
        #expect(solution.value(of: sum(weights, taken)) <= room)
        #expect(taken.allSatisfy { solution[$0] == 0 || solution[$0] == 1 })
    }

    @Test("The cheapest assignment is that of trying all orders", arguments: 0..<10 as Range<UInt64>)
    func assignment(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &+ 1000)
        let size = 6
        let costs = (0..<size).map { _ in (0..<size).map { _ in Double(Int(random.nextShare() * 100)) } }
        var best = Double.infinity
        func extend(_ row: Int, _ free: [Int], _ cost: Double) {
            guard row < size else { return best = min(best, cost) }
            for column in free { extend(row + 1, free.filter { $0 != column }, cost + costs[row][column]) }
        }
        extend(0, Array(0..<size), 0)
        var program = IntegerProgram(goal: .least)
        let chosen = (0..<size).map { _ in (0..<size).map { _ in program.addBinary() } }
        let ones = Array(repeating: 1.0, count: size)
        for number in 0..<size {
            program.require(sum(ones, chosen[number]), equals: 1)
            program.require(sum(ones, chosen.map { $0[number] }), equals: 1)
        }
        program.objective = sum(costs.flatMap { $0 }, chosen.flatMap { $0 })
        let solution = try optimum(of: program)
        #expect(abs(solution.objective - best) < 1e-9)
    }

    @Test("A search that may look at one node stops with a bound, or says truly that it is done")
    func stopped() throws {
        // Market split (Cornuéjols and Dawande 1999): hard for branch and bound at small sizes.
        var random = SeededGenerator(seed: 7)
        let count = 30
        var program = IntegerProgram(goal: .least)
        let chosen = (0..<count).map { _ in program.addBinary() }
        for _ in 0..<4 {
            let sizes = (0..<count).map { _ in Double(Int(random.nextShare() * 100)) }
            let half = (sizes.reduce(0, +) / 2).rounded(.down)
            let over = program.addVariable(in: 0 ... .infinity)
            let under = program.addVariable(in: 0 ... .infinity)
            program.require(sum(sizes, chosen) + 1 * under - 1 * over, equals: .init(half))
            program.objective += 1 * over + 1 * under
        }
        guard case .stopped(let best, let bound?) = program.solve(limits: .init(nodes: 20)) else {
            Issue.record("expected the search to stop with a bound")
            return
        }
        #expect(bound >= -1e-9)
        if let best {
            #expect(best.objective >= bound - 1e-9)
            #expect(chosen.allSatisfy { best[$0] == 0 || best[$0] == 1 })
        }
        guard case .stopped(let again, let sameBound?) = program.solve(limits: .init(nodes: 20)) else {
            Issue.record("expected the search to stop again")
            return
        }
        #expect(again == best)
        #expect(sameBound == bound)
    }

    private func sum(_ coefficients: [Double], _ variables: [Variable]) -> LinearExpression {
        zip(coefficients, variables).reduce(into: LinearExpression()) { $0 += $1.0 * $1.1 }
    }
}
