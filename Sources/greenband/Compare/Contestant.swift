import ArgumentParser
import Simulators

/// A plan or a controller that takes part in a comparison, as the command line names it.
struct Contestant: ExpressibleByArgument, Equatable {
    /// Where a contestant comes from.
    enum Source: Equatable {
        case baseline(Baseline)
        /// A plan of our own, as JSON.
        case plan(String)
        /// An additional file with signal programs.
        case program(String)
    }

    /// What can be had by its name.
    enum Baseline: String, CaseIterable {
        case present, webster, equisat, bandwidth
        case sumoWebster = "sumo-webster"
        case sumoCoordinated = "sumo-coordinated"
        case sumoOffsets = "sumo-offsets"
        case actuated
        case delayBased = "delay-based"
        case maxPressure = "max-pressure"
        case maxPressureEachSecond = "max-pressure-1s"
        case maxWave = "max-wave"
        case maxPressureOwn = "max-pressure-own"
        case maxPressureEachSecondOwn = "max-pressure-1s-own"
        case maxWaveOwn = "max-wave-own"
        case adaptive
        case adaptiveLoops = "adaptive-loops"
        case adaptivePerfect = "adaptive-perfect"
        case adaptiveFaulty = "adaptive-faulty"
        case adaptiveBlind = "adaptive-blind"

        /// What it is, in a few words.
        var description: String {
            switch self {
            case .present: "the programs that the junctions hold at present"
            case .webster: "Webster's cycle and splits, junction by junction, present stages"
            case .equisat: "present cycles and offsets, splits that load critical lanes equally"
            case .bandwidth: "green bands by MAXBAND on the arterials, splits by Webster, present stages"
            case .sumoWebster: "SUMO's tlsCycleAdaptation.py, from the traffic itself"
            case .sumoCoordinated: "SUMO's tlsCycleAdaptation.py with one cycle, and tlsCoordinator.py"
            case .sumoOffsets: "the network's own programs with offsets by SUMO's tlsCoordinator.py"
            case .actuated: "the network's own programs, actuated by SUMO, greens of 5 to 50 s"
            case .delayBased: "the network's own programs, delay-based by SUMO, greens of 5 to 50 s"
            case .maxPressure: "greedy max-pressure, RESCO's setting, perfect sensing within 200 m"
            case .maxPressureEachSecond: "greedy max-pressure as before, but a decision each second, greens from 5 s"
            case .maxWave: "the stage with most vehicles before it within 200 m, a decision every 10 s, perfect sensing"
            case .maxPressureOwn: "max-pressure with the intergreens of the network's own programs"
            case .maxPressureEachSecondOwn: "max-pressure-1s with the intergreens of the network's own programs"
            case .maxWaveOwn: "max-wave with the intergreens of the network's own programs"
            case .adaptive: "our rolling horizon, lane areas of 200 m"
            case .adaptiveLoops: "our rolling horizon, induction loops at the stop line and before it"
            case .adaptivePerfect: "our rolling horizon, perfect sensing within 300 m"
            case .adaptiveFaulty: "our rolling horizon, lane areas of 200 m, of which a fifth is dead"
            case .adaptiveBlind: "our rolling horizon, all detectors dead: its fallback"
            }
        }

        /// Whether it can be had in SUMO alone.
        var needsSUMO: Bool {
            switch self {
            case .present, .webster, .equisat, .bandwidth: false
            case .sumoWebster, .sumoCoordinated, .sumoOffsets, .actuated, .delayBased, .maxPressure,
                .maxPressureEachSecond, .maxWave, .maxPressureOwn, .maxPressureEachSecondOwn, .maxWaveOwn, .adaptive,
                .adaptiveLoops, .adaptivePerfect,
                .adaptiveFaulty, .adaptiveBlind:
                true
            }
        }

        /// The control that runs it, where it is one of ours over TraCI.
        var liveControl: SUMOControl? {
            switch self {
            case .maxPressure: .maxPressure(MaxPressure.Settings())
            case .maxPressureEachSecond: .maxPressure(MaxPressure.Settings(decisionInterval: 1))
            case .maxWave: .maxPressure(MaxPressure.Settings(rule: .wave))
            case .maxPressureOwn: .maxPressure(MaxPressure.Settings(), keepsIntergreens: true)
            case .maxPressureEachSecondOwn:
                .maxPressure(MaxPressure.Settings(decisionInterval: 1), keepsIntergreens: true)
            case .maxWaveOwn: .maxPressure(MaxPressure.Settings(rule: .wave), keepsIntergreens: true)
            case .adaptive: .adaptive(.laneAreas)
            case .adaptiveLoops: .adaptive(.loops)
            case .adaptivePerfect: .adaptive(.perfect)
            case .adaptiveFaulty: .adaptive(.laneAreas, deadShare: 0.2)
            case .adaptiveBlind: .adaptive(.laneAreas, deadShare: 1)
            default: nil
            }
        }
    }

    /// Name in the comparison.
    var label: String
    var source: Source

    init?(argument: String) {
        var rest = Substring(argument)
        var named: String?
        if let sign = argument.firstIndex(of: "="), !argument[..<sign].contains("/") {
            named = String(argument[..<sign])
            rest = argument[argument.index(after: sign)...]
        }
        let file = rest.split(separator: "/").last.map(String.init) ?? ""
        if let baseline = Baseline(rawValue: String(rest)) {
            source = .baseline(baseline)
        } else if file.hasSuffix(".json") {
            source = .plan(String(rest))
        } else if file.hasSuffix(".xml") || file.hasSuffix(".xml.gz") {
            source = .program(String(rest))
        } else {
            return nil
        }
        label = named ?? file.split(separator: ".").first.map(String.init) ?? String(rest)
        // Labels become names of files.
        guard !label.isEmpty, label.allSatisfy({ $0.isLetter || $0.isNumber || "-_+ ".contains($0) }) else {
            return nil
        }
    }

    /// The names that can be given, for help and messages.
    static let baselineNames = Baseline.allCases.map(\.rawValue).joined(separator: ", ")
}
