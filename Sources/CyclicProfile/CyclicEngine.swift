import Dispatch
import Synchronization

/// The cyclic flow profile model for many candidate plans at once, in single precision.
///
/// Candidates are taken in blocks of ``width``, side by side in every value; blocks go to threads. A block's profiles are
/// settled together, so that what a candidate costs depends on those beside it by no more than the settings' tolerance lets
/// through; on the number of threads it does not depend at all. It gives what ``CyclicReference`` gives within 0.1 % (see
/// Benchmarks/PROFILES.md). An engine serves one caller at a time.
public final class CyclicEngine {
    /// Candidates in a block.
    public static let width = EngineLayout.width

    /// What an evaluation took.
    public struct Work: Sendable, Equatable {
        /// Seconds of the cycle of lane groups, each once for every pass over it and every candidate.
        public var linkBins = 0
        /// Floating-point operations that these take at least (see Benchmarks/PROFILES.md).
        public var operations = 0
    }

    /// The network.
    public let network: CyclicNetwork
    let layout: EngineLayout
    private var workspaces: [EngineWorkspace] = []
    /// What the last evaluation took.
    public private(set) var work = Work()

    /// Makes ready for a network; memory is taken with the first evaluation.
    public init(network: CyclicNetwork) {
        self.network = network
        layout = EngineLayout(network: network)
    }

    /// What each candidate costs.
    ///
    /// - Parameters:
    ///   - candidates: Made for this network.
    ///   - threads: Threads to use, at least 1.
    public func performances(of candidates: [CyclicGreens], threads: Int = 1) -> [CyclicPerformance] {
        let blocks = (candidates.count + Self.width - 1) / Self.width
        let lanes = max(1, min(threads, blocks))
        for candidate in candidates { check(candidate) }
        while workspaces.count < lanes { workspaces.append(EngineWorkspace(layout: layout)) }
        let used = Array(workspaces[..<lanes])
        let next = Atomic(0)
        let collected = Mutex([(block: Int, costs: [CyclicPerformance], work: Work)]())
        let run: @Sendable (Int) -> Void = { lane in
            while true {
                let block = next.add(1, ordering: .relaxed).oldValue
                guard block < blocks else { return }
                let members = candidates[block * Self.width..<min((block + 1) * Self.width, candidates.count)]
                let (costs, work) = Self.evaluate(members, in: used[lane])
                collected.withLock { $0.append((block, costs, work)) }
            }
        }
        if lanes == 1 { run(0) } else { DispatchQueue.concurrentPerform(iterations: lanes, execute: run) }
        let results = collected.withLock { $0.sorted { $0.block < $1.block } }
        work = results.reduce(into: Work()) { sum, result in
            sum.linkBins += result.work.linkBins
            sum.operations += result.work.operations
        }
        return results.flatMap(\.costs)
    }

    private static func evaluate(
        _ members: ArraySlice<CyclicGreens>, in workspace: EngineWorkspace
    ) -> ([CyclicPerformance], Work) {
        workspace.serve(members)
        workspace.clear()
        workspace.settleAll()
        var costs = members.map { _ in CyclicPerformance() }
        workspace.addCosts(of: workspace.layout.network.roads.indices, to: &costs)
        return (costs, workspace.work(of: members.count))
    }

    /// Profiles of every lane group under a plan: arrivals, departures and queue in single precision, as doubles.
    ///
    /// For tests and pictures; ``performances(of:threads:)`` is what searches need.
    public func departures(of greens: CyclicGreens) -> [[Double]] {
        let workspace = settled(greens)
        return network.groups.indices.map { workspace.departures(of: $0) }
    }

    /// A workspace with the settled profiles of one plan.
    func settled(_ greens: CyclicGreens) -> EngineWorkspace {
        check(greens)
        if workspaces.isEmpty { workspaces.append(EngineWorkspace(layout: layout)) }
        let workspace = workspaces[0]
        workspace.serve([greens][...])
        workspace.clear()
        workspace.settleAll()
        return workspace
    }

    private func check(_ greens: CyclicGreens) {
        precondition(
            greens.cycle == network.cycle && greens.starts.count == network.signals.count * network.greensPerGroup,
            "greens of another network")
    }
}

extension EngineWorkspace {
    /// What was visited, for some candidates of the block.
    func work(of candidates: Int) -> CyclicEngine.Work {
        .init(
            linkBins: visitCount * layout.network.cycle * candidates, operations: operationCount * candidates)
    }

    /// Departures of a lane group for the first candidate, vehicles in each second.
    func departures(of group: Int) -> [Double] {
        let rows = departures + group * cycleRows
        let scale = Double(scales[group * Self.width])
        return (0..<layout.network.cycle).map { Double(rows[$0 * Self.width]) * scale }
    }
}
