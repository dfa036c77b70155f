import SignalModel

/// One breach of the rules by a plan, a change of plan or what the lamps showed.
///
/// Times are seconds: of the plan's own cycle for a plan, of network time for a change or a trace.
public struct Violation: Codable, Equatable, Sendable {
    /// Junction where it happens.
    public var junction: JunctionID
    /// What is wrong.
    public var fault: Fault

    /// Names a fault and its place.
    public init(junction: JunctionID, fault: Fault) {
        self.junction = junction
        self.fault = fault
    }

    /// What is wrong, with the figures that show it.
    public enum Fault: Codable, Equatable, Sendable {
        // Junctions of a plan.
        case wrongJunction(found: JunctionID)
        case junctionMissing
        case junctionUnknown
        case junctionRepeated

        // Times of a plan.
        case notWholeTicks(PlanTime, given: GivenValue)
        case cycleOutOfRange(given: GivenValue, greatest: Double)
        case offsetOutOfRange(given: GivenValue, cycle: Double)
        case offsetReferenceUnknown(group: SignalGroupID)
        case offsetReferenceWithoutChange(group: SignalGroupID)
        case greenStartOutOfRange(group: SignalGroupID, number: Int, given: GivenValue, cycle: Double)
        case greenDurationOutOfRange(group: SignalGroupID, number: Int, given: GivenValue, cycle: Double)

        // Groups of a plan.
        case groupUnknown(group: SignalGroupID)
        case groupRepeated(group: SignalGroupID)
        case groupMissing(group: SignalGroupID)
        case groupNeverGreen(group: SignalGroupID)
        case groupsOutOfOrder
        case tooManyGreens(group: SignalGroupID, count: Int, greatest: Int)
        case greensOutOfOrder(group: SignalGroupID)
        case greensOverlap(group: SignalGroupID, firstStart: Double, secondStart: Double)
        case greensAdjacent(group: SignalGroupID, at: Double)
        case greensExceedCycle(group: SignalGroupID, sum: Double, cycle: Double)
        case greenTooShort(group: SignalGroupID, start: Double, given: Double, least: Double)
        case greenTooLong(group: SignalGroupID, start: Double, given: Double, greatest: Double)
        case walkTooShort(group: SignalGroupID, start: Double, given: Double, least: Double)
        case yellowAndRedAmberDoNotFit(group: SignalGroupID, endOfGreen: Double, given: Double, least: Double)

        // Pairs of groups.
        case conflictingGreens(first: SignalGroupID, second: SignalGroupID, from: Double, to: Double?)
        case intergreenTooShort(
            ending: SignalGroupID, starting: SignalGroupID, endOfGreen: Double, given: Double, least: Double)
        case yellowMeetsRedAmber(
            ending: SignalGroupID, starting: SignalGroupID, endOfGreen: Double, given: Double, least: Double)
        case pedestrianClearanceTooShort(
            ending: SignalGroupID, starting: SignalGroupID, endOfGreen: Double, given: Double, least: Double)

        // Lamps over time.
        case aspectCountWrong(at: Double, given: Int, expected: Int)
        case aspectTimeUnusable(given: GivenValue)
        case aspectOutOfOrder(group: SignalGroupID, at: Double, from: Aspect, to: Aspect)
        case yellowTooShort(group: SignalGroupID, at: Double, given: Double, least: Double)
        case redAmberTooShort(group: SignalGroupID, at: Double, given: Double, least: Double)

        // The rules themselves.
        case ruleUnusable(RuleValue, given: GivenValue)
        case ruleGroupRepeated(group: SignalGroupID)
        case ruleGroupUnknown(group: SignalGroupID)
        case movementGroupUnknown(movement: MovementID, group: SignalGroupID)
        case movementUnruled(movement: MovementID, meets: MovementID)
        case conflictNotRuled(
            first: SignalGroupID, second: SignalGroupID, firstMovement: MovementID, secondMovement: MovementID)
        case permittedConflictReversed(
            yielding: SignalGroupID, priority: SignalGroupID, yieldingMovement: MovementID,
            priorityMovement: MovementID)
        case crossingNotRuled(crossing: SignalGroupID, group: SignalGroupID, movement: MovementID)
    }

    /// A time that a plan states.
    public enum PlanTime: Codable, Equatable, Sendable {
        case cycle, offset, timeOfChange
        case start(group: SignalGroupID, number: Int)
        case duration(group: SignalGroupID, number: Int)
    }

    /// A number among a junction's rules.
    public enum RuleValue: Codable, Equatable, Sendable {
        case yellow(group: SignalGroupID)
        case redAmber(group: SignalGroupID)
        case leastGreen(group: SignalGroupID)
        case greatestGreen(group: SignalGroupID)
        case leastWalk(group: SignalGroupID)
        case crossingLength(group: SignalGroupID)
        case walkingSpeed(group: SignalGroupID)
        case intergreen(ending: SignalGroupID, starting: SignalGroupID)
    }
}
