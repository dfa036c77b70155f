import SafetyGuard

/// The cases of a fault without their figures.
enum FaultName: String, CaseIterable {
    case wrongJunction, junctionMissing, junctionUnknown, junctionRepeated
    case notWholeTicks, cycleOutOfRange, offsetOutOfRange, offsetReferenceUnknown, offsetReferenceWithoutChange
    case greenStartOutOfRange, greenDurationOutOfRange
    case groupUnknown, groupRepeated, groupMissing, groupNeverGreen, groupsOutOfOrder, tooManyGreens
    case greensOutOfOrder, greensOverlap, greensAdjacent, greensExceedCycle
    case greenTooShort, greenTooLong, walkTooShort, yellowAndRedAmberDoNotFit
    case conflictingGreens, intergreenTooShort, yellowMeetsRedAmber, pedestrianClearanceTooShort
    case aspectCountWrong, aspectTimeUnusable, aspectOutOfOrder, yellowTooShort, redAmberTooShort
    case ruleUnusable, ruleGroupRepeated, ruleGroupUnknown
    case movementGroupUnknown, movementUnruled, conflictNotRuled, permittedConflictReversed, crossingNotRuled

    /// Names a fault; the compiler asks for a name, and so for a mutation, whenever a case is added.
    init(_ fault: Violation.Fault) {
        self =
            switch fault {
            case .wrongJunction: .wrongJunction
            case .junctionMissing: .junctionMissing
            case .junctionUnknown: .junctionUnknown
            case .junctionRepeated: .junctionRepeated
            case .notWholeTicks: .notWholeTicks
            case .cycleOutOfRange: .cycleOutOfRange
            case .offsetOutOfRange: .offsetOutOfRange
            case .offsetReferenceUnknown: .offsetReferenceUnknown
            case .offsetReferenceWithoutChange: .offsetReferenceWithoutChange
            case .greenStartOutOfRange: .greenStartOutOfRange
            case .greenDurationOutOfRange: .greenDurationOutOfRange
            case .groupUnknown: .groupUnknown
            case .groupRepeated: .groupRepeated
            case .groupMissing: .groupMissing
            case .groupNeverGreen: .groupNeverGreen
            case .groupsOutOfOrder: .groupsOutOfOrder
            case .tooManyGreens: .tooManyGreens
            case .greensOutOfOrder: .greensOutOfOrder
            case .greensOverlap: .greensOverlap
            case .greensAdjacent: .greensAdjacent
            case .greensExceedCycle: .greensExceedCycle
            case .greenTooShort: .greenTooShort
            case .greenTooLong: .greenTooLong
            case .walkTooShort: .walkTooShort
            case .yellowAndRedAmberDoNotFit: .yellowAndRedAmberDoNotFit
            case .conflictingGreens: .conflictingGreens
            case .intergreenTooShort: .intergreenTooShort
            case .yellowMeetsRedAmber: .yellowMeetsRedAmber
            case .pedestrianClearanceTooShort: .pedestrianClearanceTooShort
            case .aspectCountWrong: .aspectCountWrong
            case .aspectTimeUnusable: .aspectTimeUnusable
            case .aspectOutOfOrder: .aspectOutOfOrder
            case .yellowTooShort: .yellowTooShort
            case .redAmberTooShort: .redAmberTooShort
            case .ruleUnusable: .ruleUnusable
            case .ruleGroupRepeated: .ruleGroupRepeated
            case .ruleGroupUnknown: .ruleGroupUnknown
            case .movementGroupUnknown: .movementGroupUnknown
            case .movementUnruled: .movementUnruled
            case .conflictNotRuled: .conflictNotRuled
            case .permittedConflictReversed: .permittedConflictReversed
            case .crossingNotRuled: .crossingNotRuled
            }
    }
}
