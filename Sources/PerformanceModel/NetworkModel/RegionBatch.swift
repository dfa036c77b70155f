import SignalModel

/// Simulates many timings of one junction against a recorded rest of the network, several at once.
///
/// It gives what ``NetworkSimulator/performanceIndex(in:greens:against:)`` gives, in single precision and much faster.
/// One batch serves one thread.
public final class RegionBatch {
    /// Timings that are simulated at once.
    public static let width = BatchKernel.width

    private let arena = Arena()
    private let kernel: BatchKernel
    private let model: NetworkModel

    /// Makes ready to search a junction.
    ///
    /// - Parameters:
    ///   - region: The junction, and others that it has an effect on.
    ///   - greens: Greens of the other junctions of the region.
    public init(region: Region, junction: Int, greens: GreenTable) {
        model = region.run.model
        kernel = BatchKernel(
            region: region, layout: BatchLayout(region: region, junction: junction), table: greens, arena: arena)
    }

    /// Performance index of the region under each timing, vehicle-seconds, summed up to the end of each interval.
    ///
    /// What a timing costs does not depend on those that are simulated with it.
    ///
    /// - Parameter reference: Sums of a run that is to be beaten. A timing that falls behind it for good is given up, and
    ///   its sums end early.
    public func performanceIndices(of timings: [JunctionPlan], against reference: [Double] = []) -> [[Double]] {
        var result: [[Double]] = []
        var first = 0
        while first < timings.count {
            let members = timings[first..<min(first + Self.width, timings.count)]
            result += simulate(Array(members), against: reference)
            first += Self.width
        }
        return result
    }

    private func simulate(_ timings: [JunctionPlan], against reference: [Double]) -> [[Double]] {
        // A batch that is not full repeats its first timing.
        let filler = Array(repeating: timings[0], count: Self.width - timings.count)
        kernel.greens.set(timings + filler)
        var sums = Array(repeating: 0.0, count: Self.width)
        var isGivenUp = Array(repeating: false, count: Self.width)
        var result = timings.map { _ in [Double]() }
        kernel.clear()
        for interval in 0..<model.intervalCount {
            let cost = kernel.run(interval: interval)
            for candidate in timings.indices where !isGivenUp[candidate] {
                sums[candidate] += Double(cost[candidate])
                result[candidate].append(sums[candidate])
                guard interval < reference.count, interval * 6 >= model.intervalCount else { continue }
                isGivenUp[candidate] = sums[candidate] > reference[interval] * (1 + model.settings.hopelessLead)
            }
            guard timings.indices.contains(where: { !isGivenUp[$0] }) else { break }
        }
        return result
    }
}
