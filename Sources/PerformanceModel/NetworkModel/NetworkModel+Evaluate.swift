import SignalModel

extension NetworkModel {
    /// The programs that the junctions run at present; nil where one has none.
    public var presentPlan: Plan? {
        var timings: [JunctionPlan] = []
        for junction in network.junctions {
            guard let program = junction.programs.first(where: { $0.kind != .off }) else { return nil }
            timings.append(program.plan)
        }
        return Plan(network: network.name, name: "present", junctions: timings)
    }

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
        for (number, junction) in network.junctions.enumerated() {
            if let timing = plan.junctions.first(where: { $0.junction == junction.id }) {
                greens.set(timing, at: number)
            }
        }
        return greens
    }
}
