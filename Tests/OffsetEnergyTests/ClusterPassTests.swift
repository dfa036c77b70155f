import SignalModel
import Testing

@testable import OffsetEnergy

@Suite struct ClusterPassTests {
    /// Five variables around a sixth, with whole costs: a cluster of width three.
    static func wheel(labels: Int, seed: UInt64) -> CyclicProblem {
        var generator = SeededGenerator(seed: seed)
        let ends = (0..<5).map { (0, $0 + 1) } + (1..<5).map { ($0, $0 + 1) } + [(1, 5)]
        let pairs = ends.map { from, to in
            let table = (0..<labels).map { _ in Double(Int.random(in: 0...60_000, using: &generator)) }
            return CyclicProblem.Pair(from: from, to: to, table: table)
        }
        return CyclicProblem(labels: labels, variableCount: 6, pairs: pairs)
    }

    static func tables(_ problem: CyclicProblem) -> [[Int32]] { problem.pairs.map { $0.table.map { Int32($0) } } }

    @Test(arguments: [5, 16, 19, 33])
    func aVisitFindsTheLeastCostAndKeepsIt(_ labels: Int) throws {
        let problem = Self.wheel(labels: labels, seed: UInt64(labels))
        let cluster = try #require(Cluster(problem, pairs: Array(problem.pairs.indices)))
        let none = cluster.edges.map { _ in [Int32](repeating: 0, count: labels) }
        let whole = WholeCosts(problem)
        let layout = RowLayout(labels: labels)
        var visit = ClusterPass(cluster, layout, whole, costs: none)
        visit.take(Self.tables(problem))
        visit.run(share: 0.5)
        let order = try #require(EliminationOrder(neighbours: problem.neighbours(), last: nil, limit: 3))
        var elimination = Elimination(problem, order)
        let choice = elimination.solve()
        #expect(Double(visit.least) == elimination.value)
        #expect(problem.value(of: choice) == elimination.value)
        // What was given away was not needed, and something was.
        #expect(visit.given.allSatisfy { $0.allSatisfy { $0 >= 0 } })
        #expect(visit.given.contains { $0.contains { $0 > 0 } })
        var again = ClusterPass(cluster, layout, whole, costs: visit.costs)
        again.run(share: 1)
        #expect(again.least == visit.least)
        // What is left and what was given away is what was taken.
        for (number, edge) in cluster.edges.enumerated() {
            let sum = zip(visit.costs[number], visit.given[number]).map { $0 + $1 }
            let own = Self.tables(problem)[edge.pair]
            #expect(sum == (edge.isReversed ? reversedDifferences(own) : own))
        }
    }

    @Test func afterGivingAllTheOnlyEdgeOfATreeHasNothingLeft() throws {
        let table = [7.0, 3, 9, 4]
        let problem = CyclicProblem(
            labels: 4, variableCount: 2, pairs: [CyclicProblem.Pair(from: 0, to: 1, table: table)])
        let cluster = try #require(Cluster(problem, pairs: [0]))
        var visit = ClusterPass(cluster, RowLayout(labels: 4), WholeCosts(problem), costs: [[0, 0, 0, 0]])
        visit.take(Self.tables(problem))
        visit.run(share: 1)
        #expect(visit.least == 3)
        #expect(visit.costs == [[3, 3, 3, 3]])
    }

    @Test func clustersThatAreTooWideAreRefused() {
        var pairs: [CyclicProblem.Pair] = []
        for from in 0..<5 {
            for to in (from + 1)..<5 { pairs.append(CyclicProblem.Pair(from: from, to: to, table: [0, 1])) }
        }
        let problem = CyclicProblem(labels: 2, variableCount: 5, pairs: pairs)
        #expect(Cluster(problem, pairs: Array(pairs.indices)) == nil)
    }

    @Test func moreVisitsDoNotLowerTheBound() throws {
        let energy = try RandomEnergy.grid(rows: 6, columns: 6, labels: 12, seed: 9)
        let problem = try EnergyComponent.all(of: energy)[0].problem
        var dual = DualBound(problem, clusters: ClusterCover(problem).clusters)
        var settings = SolverSettings(variableCount: 36, seed: 1)
        settings.boundSweeps = 1
        var bounds = [dual.bound]
        for _ in 0..<4 {
            dual.raise(settings, enough: 1e6)
            bounds.append(dual.bound)
        }
        #expect(bounds == bounds.sorted())
        #expect(bounds[1] > bounds[0])
        #expect(bounds[4] > bounds[1])
    }
}
