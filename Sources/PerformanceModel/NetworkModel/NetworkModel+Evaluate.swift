import SignalModel

extension NetworkModel {
    /// Simulates the network under a plan.
    public func evaluate(_ plan: Plan) -> NetworkRun { NetworkSimulator(model: self).run(greens(of: plan)) }

    /// What a plan costs, movement by movement.
    public func performance(of plan: Plan) -> NetworkPerformance {
        let greens = greens(of: plan)
        return NetworkSimulator(model: self).run(greens).performance(under: greens)
    }

    /// The greens of a plan; a junction that it leaves out is all red.
    private func greens(of plan: Plan) -> GreenTable {
        let greens = GreenTable(model: self)
        let timings = plan.timings
        for (number, junction) in network.junctions.enumerated() {
            if let timing = timings[junction.id] { greens.set(timing, at: number) }
        }
        return greens
    }
}
