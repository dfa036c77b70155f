import PlanOptimizer
import Synchronization

/// When each step of a search ended.
final class StepLog: Sendable {
    private let start = ContinuousClock.now
    private let rows = Mutex(["end_s,subarea,junctions,border,foreign,round"])

    func add(_ step: SubareaStep) {
        let end = (ContinuousClock.now - start) / .seconds(1)
        let numbers = [step.subarea, step.junctions, step.border, step.foreign, step.round].map(String.init)
        rows.withLock { $0.append("\(end)," + numbers.joined(separator: ",")) }
    }

    /// The table.
    var csv: String { rows.withLock { $0.joined(separator: "\n") } + "\n" }
}
