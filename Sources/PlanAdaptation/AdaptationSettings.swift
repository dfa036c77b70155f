import PerformanceModel
import PlanOptimizer

/// What an engineer decides about how a district follows its demand.
public struct AdaptationSettings: Sendable, Equatable {
    /// Time over which a plan must earn what the change to it costs, s.
    public var horizon = 900.0
    /// Intervals into which the horizon is cut, at least 1.
    public var intervals = 3
    /// Least time between two plans that were sought anew, s; in between only splits are moved.
    public var replanEvery = 290.0
    /// Least time after a change of cycle or offset before the next, s.
    public var leastHold = 290.0
    /// By how much a cycle may change in one step, s.
    public var cycleStep = 8
    /// By how much the regulator may move the green of a stage in one step, s; 0 for none.
    public var splitStep = 4
    /// Share of what the running plan costs by which a new plan must be better, beside the cost of changing.
    public var leastGain = 0.03
    /// How often the gain must exceed the loss that is possible, the root mean square of what is lost under demands as likely
    /// as the expected one.
    public var certainty = 2.0
    /// Demands beside the expected one that a plan is held against, at least 0.
    public var draws = 4
    /// Weight of the control in the regulator, r in R = r·I, with Q in 1/vehicles and greens in seconds.
    public var controlWeight = 1e-3
    /// How flows are forecast.
    public var forecast = ForecastSettings()
    /// The search for plans.
    public var optimizer = OptimizerSettings()
    /// What plans cost.
    public var model = ModelSettings()

    /// Takes the standard values.
    public init() {}
}
