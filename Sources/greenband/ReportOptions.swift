import ArgumentParser
import FlowEstimation
import PlanPages
import SignalModel

/// The engineer's report as a page; the same for every command that can make one.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"), help: "Where the engineer's report goes: one HTML page that needs nothing else.")
    var path: String?
    @OptionGroup var page: PageOptions

    func validate() throws {
        guard path != nil || page.isPlain else { throw ValidationError("--language and --all are for --report") }
    }
}

/// What a report page is like.
struct PageOptions: ParsableArguments {
    @Option(help: "Language of the page: en or zh.") var language = PageLanguage.english
    @Flag(name: .customLong("all"), help: "Put the profiles of all lane groups and all streets into the page.")
    var hasAll = false

    var isPlain: Bool { language == .english && !hasAll }

    /// How much the report holds.
    func settings(threads: Int = 2) -> FullReportSettings {
        var settings = FullReportSettings()
        settings.threads = threads
        if hasAll {
            settings.profileCount = nil
            settings.greatestArterialCount = nil
        }
        return settings
    }
}

extension PageLanguage: ExpressibleByArgument {}

/// Demand with what is known of the detectors that it comes from.
struct KnownDemand {
    let flows: Flows
    /// Health of the detectors; nil where flows were given.
    let detectors: DetectorHealthReport?
    /// What there is to say of the counts, in lines for people; none where all was taken and nothing added.
    var remarks: [String] = []
}

extension DetectorHealthReport {
    /// The health of a network's detectors as the estimate of its flows found it.
    init(_ estimate: FlowEstimate, network: Network) {
        self.init(
            detectorCount: network.detectors.count(where: \.purpose.isCounting),
            leftOut: estimate.faults.map {
                LeftOut(
                    detector: $0.detector, fault: Fault($0.fault), counted: $0.counted, expected: $0.expected)
            },
            unseen: estimate.unseen.map { Unseen(lane: $0.lane, start: $0.start, vehicles: $0.vehicles) })
    }
}

extension DetectorHealthReport.Fault {
    init(_ fault: DetectorHealth.Fault) {
        self =
            switch fault {
            case .dead: .dead
            case .stuck: .stuck
            case .doubled: .doubled
            case .missing: .missing
            }
    }
}
