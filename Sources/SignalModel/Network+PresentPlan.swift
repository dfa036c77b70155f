extension Network {
    /// The programs that the junctions run at present; nil where one has none.
    public var presentPlan: Plan? {
        var timings: [JunctionPlan] = []
        for junction in junctions {
            guard let program = junction.programs.first(where: { $0.kind != .off }) else { return nil }
            timings.append(program.plan)
        }
        return Plan(network: name, name: "present", junctions: timings)
    }
}
