import FlowEstimation
import TestSupport
import Testing

@Suite("Fitting turning flows to totals")
struct FurnessTests {
    private static func random(_ seed: UInt64) -> (pattern: [[Double]], origins: [Double], destinations: [Double]) {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 2...6, using: &random)
        let pattern = (0..<count).map { _ in (0..<count).map { _ in Double.random(in: 1...400, using: &random) } }
        // Totals of another table of the same size: they agree, as those of one junction must.
        let other = (0..<count).map { _ in (0..<count).map { _ in Double.random(in: 0...900, using: &random) } }
        return (
            pattern, other.map { $0.reduce(0, +) }, (0..<count).map { column in other.reduce(0) { $0 + $1[column] } }
        )
    }

    @Test("Totals are met, and the ratios of ratios of the pattern kept", arguments: 0..<100 as Range<UInt64>)
    func fit(seed: UInt64) throws {
        let (pattern, origins, destinations) = Self.random(seed)
        let fit = try Furness(pattern: pattern, origins: origins, destinations: destinations)
        #expect(fit.isSettled)
        #expect(fit.destinationMiss < 1e-9)
        for (row, total) in origins.enumerated() {
            #expect(abs(fit.flows[row].reduce(0, +) - total) < 1e-9 * total)
        }
        for row in 1..<origins.count {
            for column in 1..<destinations.count {
                let before = pattern[row][column] * pattern[0][0] / (pattern[row][0] * pattern[0][column])
                let after = fit.flows[row][column] * fit.flows[0][0] / (fit.flows[row][0] * fit.flows[0][column])
                #expect(abs(after - before) < 1e-9 * before)
            }
        }
    }

    @Test("A pattern that meets the totals is left as it is")
    func alreadyFits() throws {
        let pattern: [[Double]] = [[0, 30, 10], [20, 0, 40], [5, 60, 0]]
        let fit = try Furness(pattern: pattern, origins: [40, 60, 65], destinations: [25, 90, 50])
        #expect(fit.flows == pattern)
        #expect(fit.rounds == 1)
    }

    @Test("The unit of the pattern does not matter", arguments: [1e-6, 0.5, 1e6])
    func scale(factor: Double) throws {
        let (pattern, origins, destinations) = Self.random(3)
        let one = try Furness(pattern: pattern, origins: origins, destinations: destinations)
        let other = try Furness(
            pattern: pattern.map { $0.map { $0 * factor } }, origins: origins, destinations: destinations)
        for (first, second) in zip(one.flows.joined(), other.flows.joined()) {
            #expect(abs(first - second) < 1e-9 * first)
        }
    }

    @Test("Where the sums differ origins hold, and all destinations miss by the same share")
    func unequalSums() throws {
        let (pattern, origins, destinations) = Self.random(5)
        let fit = try Furness(pattern: pattern, origins: origins, destinations: destinations.map { $0 * 0.9 })
        for (column, total) in destinations.enumerated() {
            let found = fit.flows.reduce(0) { $0 + $1[column] }
            #expect(abs(found - total) < 1e-9 * total)
        }
        #expect(fit.isSettled)
        #expect(abs(fit.destinationMiss - 1 / 9.0) < 1e-9)
    }

    @Test("Turns that nobody makes stay empty, and so do closed approaches")
    func zeros() throws {
        let pattern: [[Double]] = [[0, 3, 1], [2, 0, 4], [5, 6, 0]]
        let fit = try Furness(pattern: pattern, origins: [50, 0, 30], destinations: [20, 40, 20])
        #expect((0..<3).allSatisfy { fit.flows[$0][$0] == 0 })
        #expect(fit.flows[1] == [0, 0, 0])
        #expect(fit.flows.joined().allSatisfy { $0 >= 0 && $0.isFinite })
    }

    @Test("Totals that the zeros of the pattern forbid are met at the origins, and said to be missed")
    func infeasible() throws {
        let fit = try Furness(pattern: [[1, 0], [0, 1]], origins: [10, 20], destinations: [20, 10])
        #expect(fit.flows == [[10, 0], [0, 20]])
        #expect(abs(fit.destinationMiss - 1) < 1e-12)
    }

    @Test("Values that are no flows, and totals without a way, are refused with their place")
    func refusals() {
        func refusal(_ pattern: [[Double]], _ origins: [Double], _ destinations: [Double]) -> FurnessError? {
            do {
                _ = try Furness(pattern: pattern, origins: origins, destinations: destinations)
                return nil
            } catch { return error }
        }
        #expect(refusal([[1, -2]], [5], [2, 3]) == .badPattern(origin: 0, destination: 1, value: -2))
        #expect(refusal([[1], [.infinity]], [5, 1], [6]) == .badPattern(origin: 1, destination: 0, value: .infinity))
        #expect(refusal([[1, 2]], [-5], [2, 3]) == .badOrigin(0, total: -5))
        #expect(refusal([[1, 2]], [5], [2, -3]) == .badDestination(1, total: -3))
        #expect(refusal([[0, 0], [1, 1]], [5, 5], [5, 5]) == .noWayFrom(origin: 0))
        #expect(refusal([[1, 0], [1, 0]], [5, 5], [5, 5]) == .noWayTo(destination: 1))
        #expect(refusal([[1, 1], [0, 1]], [0, 5], [5, 5]) == .noWayTo(destination: 0))
        if case .badPattern(0, 0, let value)? = refusal([[.nan]], [1], [1]) {
            #expect(value.isNaN)
        } else {
            Issue.record("a pattern that is no number was taken")
        }
    }
}
