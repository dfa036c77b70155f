import Parallel
import SignalModel

/// Looks for labels on several threads: in several searches at once, or in several regions of a large problem.
struct LabelSearch {
    private let problem: CyclicProblem
    private let settings: SolverSettings
    private let reference: Int?
    private let neighbours: [[Int]]
    private var generator: SeededGenerator
    private(set) var choice: [Int]
    private(set) var value: Double

    /// Variables of a region.
    static let regionSize = 150

    /// - Parameter reference: The variable that labels are relative to.
    init(_ problem: CyclicProblem, reference: Int?, _ settings: SolverSettings) {
        self.problem = problem
        self.settings = settings
        self.reference = reference
        neighbours = problem.neighbours()
        generator = SeededGenerator(seed: settings.seed)
        choice = Array(repeating: 0, count: problem.variableCount)
        value = problem.value(of: choice)
    }

    /// First labels: those of the pairs that matter most at their best, made better with many held.
    mutating func start() {
        choice = treeLabels(&generator)
        value = problem.value(of: choice)
        let seeds = (0..<max(1, settings.starts)).map { _ in generator.next() as UInt64 }
        let (problem, reference, choice, shouldStop) = (problem, reference, choice, settings.shouldStop)
        let found = parallelMap(count: seeds.count, threads: settings.threads) { number in
            var search = LocalSearch(problem, held: reference, choice: choice, seed: seeds[number])
            for _ in 0..<8 where !shouldStop() { search.improve(limit: 2) }
            return search.choice
        }
        take(found)
    }

    /// Goes on from there.
    mutating func goOn() {
        if problem.variableCount <= 2 * Self.regionSize {
            for _ in 0..<settings.searchRounds where !settings.shouldStop() {
                startAnew()
                explore(rounds: 2)
            }
        } else {
            for _ in 0..<settings.searchRounds where !settings.shouldStop() { exploreRegions(rounds: 4) }
        }
    }

    /// Searches from other first labels, whose best parts are put together.
    private mutating func startAnew() {
        let seeds = (0..<max(1, settings.starts)).map { _ in generator.next() as UInt64 }
        let (search, problem, reference, shouldStop) = (self, problem, reference, settings.shouldStop)
        let found = parallelMap(count: seeds.count, threads: settings.threads) { number in
            var generator = SeededGenerator(seed: seeds[number])
            let labels = search.treeLabels(&generator)
            var local = LocalSearch(problem, held: reference, choice: labels, seed: generator.next())
            for _ in 0..<4 where !shouldStop() { local.improve(limit: 2) }
            for _ in 0..<2 where !shouldStop() { local.improve(limit: 3) }
            return local.choice
        }
        take(found)
    }

    private mutating func explore(rounds: Int) {
        var search = LocalSearch(problem, held: reference, choice: choice, seed: generator.next())
        for _ in 0..<rounds where !settings.shouldStop() { search.explore() }
        (choice, value) = (search.choice, search.value)
    }

    private static func explore(
        _ problem: CyclicProblem, held: Int?, choice: [Int], seed: UInt64, rounds: Int,
        _ shouldStop: @Sendable () -> Bool
    ) -> [Int] {
        var search = LocalSearch(problem, held: held, choice: choice, seed: seed)
        for _ in 0..<2 where !shouldStop() { search.improve(limit: 3) }
        for _ in 0..<rounds where !shouldStop() { search.explore() }
        return search.choice
    }

    /// Explores regions by themselves, with all labels held where they touch each other.
    private mutating func exploreRegions(rounds: Int) {
        let regions = Regions(
            neighbours: neighbours, held: reference, size: Self.regionSize, generator: &generator)
        let seeds = regions.members.map { _ in generator.next() as UInt64 }
        let parts = regions.problems(of: problem)
        let (choice, shouldStop) = (choice, settings.shouldStop)
        let found = parallelMap(count: seeds.count, threads: settings.threads) { number in
            let members = regions.members[number]
            var groups = [Int](repeating: 0, count: choice.count)
            for (place, member) in members.enumerated() { groups[member] = place + 1 }
            let part = Contraction(
                parts[number], choice: choice, groups: groups, groupCount: members.count + 1
            ).problem
            let start = [Int](repeating: 0, count: part.variableCount)
            return Self.explore(part, held: 0, choice: start, seed: seeds[number], rounds: rounds, shouldStop)
        }
        var better = choice
        for (number, shifts) in found.enumerated() {
            for (place, member) in regions.members[number].enumerated() {
                better[member] = remainder(choice[member] + shifts[place + 1] - shifts[0], problem.labels)
            }
        }
        take([better])
    }

    /// Combines all labels that were found.
    private mutating func take(_ found: [[Int]]) {
        var search = LocalSearch(problem, held: reference, choice: choice, seed: generator.next())
        for other in found { search.take(other) }
        if found.count > 1 { for other in found { search.merge(other) } }
        (choice, value) = (search.choice, search.value)
    }

    /// Labels that are best for each pair of a random tree, rather of pairs whose costs differ much.
    private func treeLabels(_ generator: inout SeededGenerator) -> [Int] {
        let ranges = problem.pairs.map { ($0.table.max()! - $0.table.min()!) * generator.nextShare() }
        var sets = DisjointSets(count: problem.variableCount)
        var links = [[(other: Int, difference: Int)]](repeating: [], count: problem.variableCount)
        for number in ranges.indices.sorted(by: { (-ranges[$0], $0) < (-ranges[$1], $1) }) {
            let pair = problem.pairs[number]
            guard sets.join(pair.from, pair.to) else { continue }
            let best = pair.table.indices.min { (pair.table[$0], $0) < (pair.table[$1], $1) }!
            links[pair.from].append((pair.to, best))
            links[pair.to].append((pair.from, -best))
        }
        var labels = [Int?](repeating: nil, count: problem.variableCount)
        for start in labels.indices where labels[start] == nil {
            labels[start] = 0
            var waiting = [start]
            while let variable = waiting.popLast() {
                for (other, difference) in links[variable] where labels[other] == nil {
                    labels[other] = remainder(labels[variable]! + difference, problem.labels)
                    waiting.append(other)
                }
            }
        }
        return labels.map { $0! }
    }
}
