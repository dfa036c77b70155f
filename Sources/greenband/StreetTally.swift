import ControllerLink
import LiveStreet
import Service

/// What a centre has heard of a street.
struct StreetTally {
    var acceptedLeases, refusedLeases, readings: Int
    var vehicles: Double
    var reports: [String: Int]
    var refusals: [String]
    var plans: Int?

    init(_ tally: PlanCentre.Tally) {
        (acceptedLeases, refusedLeases, readings) = (tally.acceptedLeases, tally.refusedLeases, tally.readings)
        vehicles = tally.vehicles
        reports = Dictionary(uniqueKeysWithValues: tally.reports.map { ($0.key.rawValue, $0.value) })
        refusals = tally.refusals
    }

    init(_ tally: CityCentre.Tally) {
        (acceptedLeases, refusedLeases, readings) = (tally.acceptedLeases, tally.refusedLeases, tally.readings)
        vehicles = tally.vehicles
        reports = Dictionary(uniqueKeysWithValues: tally.reports.map { ($0.key.rawValue, $0.value) })
        refusals = tally.refusals
        plans = tally.plans
    }
}
