extension Network {
    /// The programs that the junctions run at present; nil where one has none.
    public var presentPlan: Plan? {
        var timings: [JunctionPlan] = []
        for junction in junctions {
            guard let program = junction.presentProgram else { return nil }
            timings.append(program.plan)
        }
        return Plan(network: name, name: "present", junctions: timings)
    }
}

extension Junction {
    /// The program that the junction runs at present: the first that is not off; nil where there is none.
    public var presentProgram: Program? { programs.first { $0.kind != .off } }
}
