extension Violation: CustomStringConvertible {
    /// One sentence for an engineer.
    public var description: String { "junction \(junction): \(fault)" }
}

extension Violation.Fault: CustomStringConvertible {
    /// What is wrong, without the junction.
    public var description: String {
        formText ?? greenText ?? pairText ?? lampText ?? ruleText
    }

    private var formText: String? {
        switch self {
        case .wrongJunction(let found): "the plan is for junction \(found)"
        case .junctionMissing: "the plan has no timing for it"
        case .junctionUnknown: "the network has no such junction"
        case .junctionRepeated: "the plan has more than one timing for it"
        case .notWholeTicks(let time, let given): "\(time) is \(given) s, not a multiple of 0.1 s"
        case .cycleOutOfRange(let given, let greatest):
            "the cycle is \(given) s; it must be more than 0 s and at most \(greatest) s"
        case .offsetOutOfRange(let given, let cycle):
            "the offset is \(given) s; it must be at least 0 s and less than the cycle of \(cycle) s"
        case .offsetReferenceUnknown(let group): "the offset refers to group \(group), which the junction does not have"
        case .offsetReferenceWithoutChange(let group):
            "the offset refers to group \(group), whose green never starts or ends"
        case .greenStartOutOfRange(let group, let number, let given, let cycle):
            "green \(number) of group \(group) starts at \(given) s, outside the cycle of \(cycle) s"
        case .greenDurationOutOfRange(let group, let number, let given, let cycle):
            "green \(number) of group \(group) lasts \(given) s; it must last more than 0 s and at most the cycle of \(cycle) s"
        default: nil
        }
    }

    private var greenText: String? {
        switch self {
        case .groupUnknown(let group): "the plan names group \(group), which the junction does not have"
        case .groupRepeated(let group): "the plan lists group \(group) more than once"
        case .groupMissing(let group): "the plan leaves out group \(group)"
        case .groupNeverGreen(let group): "group \(group) never has green"
        case .groupsOutOfOrder: "the plan lists the groups in another order than the junction"
        case .tooManyGreens(let group, let count, let greatest):
            "group \(group) has \(count) greens in one cycle; at most \(greatest) are possible"
        case .greensOutOfOrder(let group): "the greens of group \(group) are not in the order of their starts"
        case .greensOverlap(let group, let first, let second):
            "the greens of group \(group) from \(first) s and from \(second) s overlap"
        case .greensAdjacent(let group, let time):
            "a green of group \(group) ends at \(time) s where its next one starts"
        case .greensExceedCycle(let group, let sum, let cycle):
            "the greens of group \(group) and the changes between them take \(sum) s, more than the cycle of \(cycle) s"
        case .greenTooShort(let group, let start, let given, let least):
            "the green of group \(group) from \(start) s lasts \(given) s, less than its least green of \(least) s"
        case .greenTooLong(let group, let start, let given, let greatest):
            "the green of group \(group) from \(start) s lasts \(given) s, more than its greatest green of \(greatest) s"
        case .walkTooShort(let group, let start, let given, let least):
            "the walk of group \(group) from \(start) s lasts \(given) s, less than its least walk of \(least) s"
        case .yellowAndRedAmberDoNotFit(let group, let end, let given, let least):
            "group \(group) is green again \(given) s after \(end) s; its yellow and red-amber take \(least) s"
        default: nil
        }
    }

    private var pairText: String? {
        switch self {
        case .conflictingGreens(let first, let second, let from, let to?):
            "groups \(first) and \(second) are green together from \(from) s to \(to) s"
        case .conflictingGreens(let first, let second, let from, nil):
            "groups \(first) and \(second) are green together from \(from) s on"
        case .intergreenTooShort(let ending, let starting, let end, let given, let least):
            "group \(starting) is green \(given) s after group \(ending) ends at \(end) s; the intergreen is \(least) s"
        case .yellowMeetsRedAmber(let ending, let starting, let end, let given, let least):
            "group \(starting) is green \(given) s after group \(ending) ends at \(end) s; yellow and red-amber take \(least) s"
        case .pedestrianClearanceTooShort(let ending, let starting, let end, let given, let least):
            "group \(starting) is green \(given) s after the walk of group \(ending) ends at \(end) s; "
                + "crossing takes \(least) s"
        default: nil
        }
    }

    private var lampText: String? {
        switch self {
        case .aspectCountWrong(let time, let given, let expected):
            "at \(time) s \(given) aspects are shown; the junction has \(expected) groups"
        case .aspectTimeUnusable(let given):
            "the time \(given) s of an aspect is not a multiple of 0.1 s or comes before the one before it"
        case .aspectOutOfOrder(let group, let time, let from, let to):
            "group \(group) goes from \(from.rawValue) to \(to.rawValue) at \(time) s"
        case .yellowTooShort(let group, let time, let given, let least):
            "the yellow of group \(group) that ends at \(time) s lasts \(given) s, less than \(least) s"
        case .redAmberTooShort(let group, let time, let given, let least):
            "the red-amber of group \(group) that ends at \(time) s lasts \(given) s, less than \(least) s"
        default: nil
        }
    }

    private var ruleText: String {
        switch self {
        case .ruleUnusable(let rule, let given): "its rules are unusable: \(rule) is \(given)"
        case .ruleGroupRepeated(let group): "its rules are unusable: group \(group) is described more than once"
        case .ruleGroupUnknown(let group):
            "its rules are unusable: they name group \(group), which the junction does not have"
        case .movementGroupUnknown(let movement, let group):
            "movement \(movement) obeys group \(group), which the junction does not have"
        case .movementUnruled(let movement, let other):
            "movement \(movement) obeys no group and conflicts with movement \(other), but neither gives way"
        case .conflictNotRuled(let first, let second, let firstMovement, let secondMovement):
            "movements \(firstMovement) of group \(first) and \(secondMovement) of group \(second) conflict, "
                + "but no rule keeps them apart and neither gives way"
        case .permittedConflictReversed(let yielding, let priority, let yieldingMovement, let priorityMovement):
            "group \(yielding) may be green with group \(priority) as the one that gives way, "
                + "but movement \(yieldingMovement) does not give way to \(priorityMovement)"
        case .crossingNotRuled(let crossing, let group, let movement):
            "movement \(movement) of group \(group) drives over the crossing of group \(crossing), "
                + "but no rule keeps them apart and it does not give way"
        default: ""
        }
    }
}

extension Violation.PlanTime: CustomStringConvertible {
    /// The time in words.
    public var description: String {
        switch self {
        case .cycle: "the cycle"
        case .offset: "the offset"
        case .timeOfChange: "the time of the change"
        case .start(let group, let number): "the start of green \(number) of group \(group)"
        case .duration(let group, let number): "the length of green \(number) of group \(group)"
        }
    }
}

extension Violation.RuleValue: CustomStringConvertible {
    /// The number in words.
    public var description: String {
        switch self {
        case .yellow(let group): "the yellow of group \(group)"
        case .redAmber(let group): "the red-amber of group \(group)"
        case .leastGreen(let group): "the least green of group \(group)"
        case .greatestGreen(let group): "the greatest green of group \(group)"
        case .leastWalk(let group): "the least walk of group \(group)"
        case .crossingLength(let group): "the crossing length of group \(group)"
        case .walkingSpeed(let group): "the walking speed of group \(group)"
        case .intergreen(let ending, let starting): "the intergreen from group \(ending) to group \(starting)"
        }
    }
}
