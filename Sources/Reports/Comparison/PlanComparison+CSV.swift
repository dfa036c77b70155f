import Comparison

extension PlanComparison {
    /// Every value of every seed: a line for each level of demand, plan, measure and seed.
    public var seedsCSV: String {
        var text = "demand_scale,plan,measure,seed,value\n"
        for (level, outcome, measure, value) in rows {
            for (seed, number) in zip(setting.seeds, value.bySeed) {
                text += "\(level.demandScale),\(quoted(outcome.label)),\(measure.rawValue),\(seed),\(number)\n"
            }
        }
        return text
    }

    /// The table: a line for each level of demand, plan and measure.
    public var tableCSV: String {
        var text = "demand_scale,plan,measure,mean,low,high,reference,difference,difference_low,difference_high,"
        text += "verdict,more_seeds\n"
        func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        for (level, outcome, measure, value) in rows {
            let interval = value.interval
            text += "\(level.demandScale),\(quoted(outcome.label)),\(measure.rawValue),\(interval.mean),"
            text += "\(number(interval.low)),\(number(interval.high)),"
            if let difference = value.difference {
                text += "\(quoted(reference)),\(difference.interval.mean),\(number(difference.interval.low)),"
                text += "\(number(difference.interval.high)),\(difference.verdict.rawValue),"
                text += difference.moreSeeds.map(String.init) ?? ""
            } else {
                text += ",,,,,"
            }
            text += "\n"
        }
        return text
    }

    private var rows: [(Level, Outcome, Measure, Value)] {
        levels.flatMap { level in
            level.outcomes.flatMap { outcome in
                Measure.allCases.compactMap { measure in
                    outcome.values[measure].map { (level, outcome, measure, $0) }
                }
            }
        }
    }

    private func quoted(_ text: String) -> String {
        text.contains { ",\"\n\r".contains($0) }
            ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
            : text
    }
}
