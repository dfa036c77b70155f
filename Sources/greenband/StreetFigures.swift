import ControllerLink
import Foundation
import LiveStreet

/// What a street came to, for programs: one line of JSON, with the delay first.
struct StreetFigures {
    private var fields: [(name: String, value: any Encodable)] = []

    init(_ outcome: StreetRun.Outcome, _ tally: StreetTally?, control: String, seed: UInt64) {
        let figures = outcome.figures
        fields = [
            ("total_delay", figures.delay), ("vehicles", figures.vehicles),
            ("never_inserted", figures.neverInserted), ("unfinished", figures.unfinished), ("stops", figures.stops),
            ("throughput_per_hour", figures.throughputPerHour), ("carbon_dioxide_g", figures.carbonDioxide),
            ("delay_of_resco", figures.delayOfRESCO), ("control", control), ("seed", seed),
            ("seconds", Dictionary(uniqueKeysWithValues: outcome.seconds.map { ($0.key.rawValue, $0.value) })),
        ]
        guard let tally else { return }
        fields += [
            ("leases_accepted", tally.acceptedLeases), ("leases_refused", tally.refusedLeases),
            ("readings", tally.readings), ("counted_vehicles", tally.vehicles),
            ("reports", tally.reports),
        ]
        if let plans = tally.plans { fields.append(("plans", plans)) }
    }

    /// The line; fields without a value are null.
    func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let texts = try fields.map { name, value in
            "\"\(name)\": " + String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        return "{" + texts.joined(separator: ", ") + "}"
    }
}
