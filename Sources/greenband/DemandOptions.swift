import ArgumentParser
import FlowEstimation

/// Refuses a window that SUMO, with steps of 1 s, cannot run.
func checkSimulatedWindow(begin: Double, end: Double) throws {
    guard begin >= 0, end <= 1e9, begin < end, begin == begin.rounded(), end == end.rounded() else {
        throw ValidationError("expected --begin before --end, both whole seconds from 0 to 1000000000")
    }
}

/// Where the demand comes from; the same for every command that needs it.
struct DemandOptions: ParsableArguments {
    @Option(help: "Detector counts (CSV, or JSON).") var counts: String?
    @Option(help: "Flows (JSON) instead of counts.") var flows: String?
    @Option(help: "Start of the analysis period, s; that of the first reading without it.") var begin: Double?
    @Option(help: "End of the analysis period, s; that of the last reading without it.") var end: Double?
    @Option(help: "Length of the intervals of the demand, s; without it, that of the readings, but 60 to 300 s.")
    var interval: Double?

    func validate() throws {
        guard counts == nil || flows == nil else { throw ValidationError("give either --counts or --flows") }
        guard (begin ?? 0).isFinite, (end ?? 0).isFinite, begin ?? -.infinity < end ?? .infinity else {
            throw ValidationError("expected --begin before --end, both finite")
        }
        guard (60...3600).contains(interval ?? 300) else { throw ValidationError("--interval: expected 60 to 3600 s") }
    }

    /// Refuses a period where flows are given, which bring their own.
    ///
    /// For commands that need the period for nothing else.
    func checkWindow() throws {
        guard flows == nil || (begin == nil && end == nil && interval == nil) else {
            throw ValidationError("--begin, --end and --interval are for --counts: --flows has its own period")
        }
    }

    /// The file that the demand comes from.
    var path: String? { counts ?? flows }

    var settings: FlowEstimationSettings {
        var settings = FlowEstimationSettings()
        settings.start = begin
        settings.end = end
        settings.intervalLength = interval
        return settings
    }
}
