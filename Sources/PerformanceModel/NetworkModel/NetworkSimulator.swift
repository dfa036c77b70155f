/// Simulates queues at stop lines second by second: the whole network, or the region of one junction against a recorded rest.
///
/// One simulator serves one thread; simulators of the same model may run at the same time.
public final class NetworkSimulator {
    private let model: NetworkModel
    private let kernel: Kernel

    /// Makes a simulator for a model.
    public init(model: NetworkModel) {
        self.model = model
        kernel = Kernel(model: model)
    }

    /// Simulates the whole network.
    public func run(_ greens: GreenTable) -> NetworkRun {
        for (number, value) in model.external.enumerated() { kernel.entering[number] = value }
        kernel.run(roads: Array(model.roads.indices), greens: greens)
        return NetworkRun(model: model, kernel: kernel)
    }

    /// Performance index of a region under other greens, vehicle-seconds, summed up to the end of each interval.
    ///
    /// - Parameter reference: Sums of a run that is to be beaten. Where a run falls behind it for good it ends early, and
    ///   so do its sums.
    public func performanceIndex(in region: Region, greens: GreenTable, against reference: [Double] = []) -> [Double] {
        let steps = model.stepCount
        for (position, road) in region.roads.enumerated() {
            (kernel.entering + road * steps).update(from: region.entering + position * steps, count: steps)
        }
        for road in region.neighbours {
            (kernel.room + road * steps).update(from: region.run.room + road * steps, count: steps)
        }
        for stream in region.foes {
            let row = model.layout.streams[stream].claim * steps
            (kernel.claims + row).update(from: region.run.claims + row, count: steps)
        }
        var sums: [Double] = []
        kernel.run(roads: region.roads, greens: greens) { interval in
            let sum = kernel.performanceIndex(onRoads: region.roads)
            sums.append(sum)
            guard interval < reference.count, interval * 6 >= model.intervalCount else { return true }
            return sum <= reference[interval] * (1 + model.settings.hopelessLead)
        }
        return sums
    }
}
