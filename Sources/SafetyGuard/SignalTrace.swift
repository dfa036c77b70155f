import SignalModel

/// What the lamps of a junction showed over time.
public struct SignalTrace: Codable, Equatable, Sendable {
    /// The aspects from one moment until the next step.
    public struct Step: Codable, Equatable, Sendable {
        /// Start, s of network time, a multiple of 0.1 s.
        public var start: Double
        /// One aspect for each group, in the junction's order of groups.
        public var aspects: [Aspect]

        /// States the aspects from a moment on.
        public init(start: Double, aspects: [Aspect]) {
            self.start = start
            self.aspects = aspects
        }
    }

    /// Steps in the order of time; a step may repeat the aspects of the one before.
    public var steps: [Step]
    /// End of the last step, s of network time.
    public var end: Double

    /// Collects steps.
    public init(steps: [Step], end: Double) {
        self.steps = steps
        self.end = end
    }
}

extension SafetyGuard {
    /// Every breach of a junction's rules in what its lamps showed.
    ///
    /// What came before the trace is unknown and held to have kept the rules.
    public static func violations(in trace: SignalTrace, at junction: Junction) -> [Violation] {
        var judge = TraceJudge(junction: junction)
        var found: [Violation] = judge.ruleViolations
        for step in trace.steps { found += judge.observe(step.aspects, at: step.start) }
        // The last step lasts until the end: showing it once more there makes its length known.
        if let last = trace.steps.last { found += judge.observe(last.aspects, at: trace.end) }
        return found
    }
}
