import SafetyGuard
import SignalModel

/// Why a controller cannot start.
public enum EdgeSettingsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no plan to fall back on.
    case noFallback(JunctionID)
    /// A time of day is none, s after midnight.
    case badTimeOfDay(JunctionID, Int)
    /// A plan of the fallback programme cannot be run.
    case badFallback(JunctionID, PlanFault)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noFallback(let junction): "junction \(junction): expected a fallback plan, found none"
        case .badTimeOfDay(let junction, let time):
            "junction \(junction): expected a time of day from 0 to 86399 s, found \(time) s"
        case .badFallback(let junction, let fault): "junction \(junction): the fallback plan cannot be run: \(fault)"
        }
    }
}

/// Why a controller does not run a plan.
public enum PlanFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The safety guard refuses it.
    case unsafe([Violation])
    /// The controller works in whole seconds, and a time of the plan is none.
    case notWholeSeconds(Double)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .unsafe(let violations):
            violations.prefix(3).map(\.description).joined(separator: "; ")
                + (violations.count > 3 ? " and \(violations.count - 3) more" : "")
        case .notWholeSeconds(let time): "expected whole seconds, found \(time) s"
        }
    }
}
