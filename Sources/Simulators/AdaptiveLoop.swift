import AdaptiveControl
import SafetyGuard
import TraCI

/// Goes through all junctions every second, and keeps account.
struct AdaptiveLoop {
    private var junctions: [AdaptiveJunction]
    private var result: AdaptiveRun.Outcome
    private var spent = Duration.zero

    init(_ junctions: [AdaptiveJunction], _ start: AdaptiveRun.Outcome) {
        self.junctions = junctions
        result = start
    }

    /// Decides on the second that begins.
    ///
    /// - Parameter picture: What is known at a junction, by its number and what its lamps showed until now.
    mutating func decide(at time: Int, picture: (Int, [Aspect]) -> TrafficPicture) -> [TraciChange] {
        let begun = ContinuousClock.now
        var changes: [TraciChange] = []
        for number in junctions.indices {
            let seen = picture(number, junctions[number].controller.executor.aspects)
            if let state = junctions[number].decide(seen, at: time) {
                changes.append(TraciChange(.state, of: junctions[number].id, to: state))
            }
        }
        spent += ContinuousClock.now - begun
        result.decisionCount += 1
        return changes
    }

    /// What the control did so far.
    var outcome: AdaptiveRun.Outcome {
        var outcome = result
        outcome.violations = junctions.flatMap(\.violations)
        outcome.heldCount = junctions.reduce(0) { $0 + $1.heldCount }
        outcome.decisionSeconds = spent / .seconds(1)
        return outcome
    }
}
