import Comparison

extension PlanComparison {
    /// The comparison for people: the setting with its definition of delay, and for each level of demand a table of delay
    /// and one of everything else.
    public var text: String {
        var lines = heading.wrapped(to: PlanReport.width)
        lines += "Delay here: \(setting.definition).".wrapped(to: PlanReport.width)
        for level in levels {
            lines.append("")
            if levels.count > 1 || level.demandScale != 1 {
                lines += ["demand × \(seconds(level.demandScale))", ""]
            }
            lines += delayTable(level) + [""] + otherTable(level)
        }
        lines += [""] + footnote.wrapped(to: PlanReport.width)
        for plan in plans {
            let rules =
                plan.violations.map { $0 == 0 ? "; keeps every rule" : "; breaks \($0) \($0 == 1 ? "rule" : "rules")" }
                ?? ""
            lines.append("  \(plan.label): \(plan.description)\(rules)")
        }
        lines += absences.map { "  " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Network, simulator, window, seeds and demand in a sentence.
    var heading: String {
        let count = setting.seeds.count
        let range =
            count == 1
            ? "seed \(setting.seeds[0])" : "\(count) seeds (\(setting.seeds[0]) to \(setting.seeds[count - 1]))"
        return "network \(setting.network), \(setting.simulator), \(seconds(setting.begin)) s to "
            + "\(seconds(setting.end)) s, \(range), the same for every plan; demand \(setting.demand)"
    }

    /// What was asked for and could not be made, a sentence each.
    var absences: [String] { absent.map { "\($0.label): left out, as it could not be made: \($0.reason)" } }

    /// How the intervals were made.
    var footnote: String {
        let count = (plans.count - 1) * levels.count
        let joint =
            count > 1
            ? " Differences at \(rounded(100 * differenceLevel, 1)) % each, so that all \(count) hold together at "
                + "\(rounded(100 * level)) % (Bonferroni), in delay; other measures and single movements have that level each."
            : ""
        return
            "Intervals: \(rounded(100 * level)) % for a mean, over the seeds; differences seed by seed.\(joint) Student's t, and "
            + "where the values are skewed the wider of it and of the bias-corrected bootstrap (*). Lower and higher are said "
            + "only of an interval that does not span zero; the seeds to add would show a difference as great as the one "
            + "seen with a probability of \(rounded(100 * PairedDifference.promisedPower)) %."
            + (levels.contains { $0.outcomes.contains { $0.values[.pedestrianWait] != nil } }
                ? " People on foot who come evenly wait until their crossing is green; where they walk in SUMO, what they lose counts."
                : "")
    }

    private func delayTable(_ level: Level) -> [String] {
        var table = TextTable([
            .text("", "plan"), .number("total delay", "s/veh"), .text("", "95 %"),
            .number("less \(reference)", "s/veh"), .text("", "interval"), .text("", "says"),
        ])
        for outcome in level.outcomes {
            guard let value = outcome.values[.delay] else { continue }
            let difference = value.difference
            table.add([
                outcome.label, rounded(value.interval.mean, 1), value.interval.plusMinus(1),
                rounded(difference?.interval.mean, 1), difference?.interval.range(1) ?? "",
                difference?.sentence ?? "reference",
            ])
        }
        return table.lines(indent: 0)
    }

    private func otherTable(_ level: Level) -> [String] {
        let measures = Measure.allCases.filter { measure in
            measure != .delay && level.outcomes.contains { $0.values[measure] != nil }
        }
        var table = TextTable(
            [.text("", "plan")] + measures.map { .number($0.columnHeader.0, $0.columnHeader.1) })
        for outcome in level.outcomes {
            table.add(
                [outcome.label]
                    + measures.map { measure in
                        guard let value = outcome.values[measure] else { return "-" }
                        return rounded(value.interval.mean, measure.decimals) + value.mark(measure)
                    })
        }
        return table.lines(indent: 0) + ["+ better, - worse than \(reference), where the interval shows it"]
    }
}

extension PlanComparison.Value {
    /// Whether the difference from the reference is shown, and if so whether it is for the better.
    func mark(_ measure: Measure) -> String {
        switch difference?.verdict {
        case .lower: measure.lowerIsBetter ? " +" : " -"
        case .higher: measure.lowerIsBetter ? " -" : " +"
        default: "  "
        }
    }
}

extension Measure {
    /// The measure in two short lines.
    fileprivate var columnHeader: (String, String) {
        switch self {
        case .delay: ("delay", "s/veh")
        case .delay95: ("95th pct.", "delay, s")
        case .greatestDelay: ("worst", "veh., s")
        case .stops: ("stops", "/veh")
        case .worstQueue: ("fullest", "lane")
        case .worstMovement: ("worst", "turn, s")
        case .pedestrianWait: ("on foot", "mean, s")
        case .pedestrianWait95: ("on foot", "95th, s")
        case .throughput: ("arrived", "veh/h")
        case .unserved: ("not", "arrived")
        case .carbonDioxide: ("CO2", "g/veh")
        case .delayOfRESCO: ("RESCO's", "delay, s")
        }
    }
}

extension MeanInterval {
    /// Half the interval behind ±, or nothing where there is none; skewed ones by their ends.
    func plusMinus(_ decimals: Int) -> String {
        guard let low, let high else { return "one seed" }
        return method == .bootstrap ? "(\(range(decimals)))" : "± " + rounded((high - low) / 2, decimals)
    }

    /// The ends of the interval.
    func range(_ decimals: Int) -> String {
        guard let low, let high else { return "none" }
        return "\(rounded(low, decimals)) to \(rounded(high, decimals))" + (method == .bootstrap ? " *" : "")
    }
}

extension PairedDifference {
    /// What may be said, and what it would take to say more.
    var sentence: String {
        switch verdict {
        case .lower: return "lower"
        case .higher: return "higher"
        case .noDifferenceShown:
            if bySeed.allSatisfy({ $0 == 0 }) { return "no difference: the same on every seed" }
            guard bySeed.count > 1 else { return "no difference shown: one seed shows none" }
            return "no difference shown" + (moreSeeds.map { "; \($0) more seeds might" } ?? "")
        }
    }
}
