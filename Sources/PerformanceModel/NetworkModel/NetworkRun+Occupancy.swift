import SignalModel

extension NetworkRun {
    /// Vehicles on each followed link at a time of the run, with those that wait before it; links without any are left out.
    ///
    /// Those who end their journey on a link stay on it.
    ///
    /// - Parameter time: s of network time; what comes before the run or after it is as at its ends.
    public func vehiclesOnLinks(at time: Double) -> [LinkID: Double] {
        let passed = ((time - model.flows.start) / model.stepLength).rounded(.down)
        let steps = Int(max(0, min(Double(model.stepCount), passed)))
        var vehicles = model.roads.indices.map { road in
            (0..<steps).reduce(0) { $0 + model.external[road * model.stepCount + $1] }
        }
        for (number, stream) in model.streams.enumerated() {
            let row = number * model.stepCount
            vehicles[model.lanes[stream.lane].road] -= (0..<steps).reduce(0) { $0 + departures[row + $1] }
            for target in stream.targets where target.steps < steps {
                vehicles[target.road] +=
                    target.share * (0..<(steps - target.steps)).reduce(0) { $0 + departures[row + $1] }
            }
        }
        var result: [LinkID: Double] = [:]
        for (road, count) in zip(model.roads, vehicles) where count > 1e-9 {
            result[model.network.links[road.link].id, default: 0] += count
        }
        return result
    }
}
