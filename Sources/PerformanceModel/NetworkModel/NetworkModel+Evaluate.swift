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
    public func evaluate(_ plan: Plan) -> NetworkRun {
        let greens = GreenTable(model: self)
        for (number, junction) in network.junctions.enumerated() {
            if let timing = plan.junctions.first(where: { $0.junction == junction.id }) {
                greens.set(timing, at: number)
            }
        }
        return NetworkSimulator(model: self).run(greens)
    }
}
