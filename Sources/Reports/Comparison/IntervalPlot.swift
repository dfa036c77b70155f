import Comparison

/// A drawing of values by seed with their interval: a row for each plan.
struct IntervalPlot {
    /// A dot or a line's end, pixels.
    struct Row {
        var label: String
        var y: String
        var textY: String
        var dots: [String]
        var mean: String
        var low: String
        var high: String
        var hasInterval: Bool
        var title: String
    }

    struct Tick {
        var x: String
        var text: String
    }

    let title: String
    let width = "760"
    let height: String
    let bottom: String
    let tickY: String
    let rows: [Row]
    let ticks: [Tick]
    /// Where zero is, when it is on the scale and means something.
    let zero: [String]

    private static let rowHeight = 26.0
    private static let left = 190.0
    private static let right = 740.0

    /// - Parameter entries: Label, values by seed, interval and what to say of it, for each row.
    init(
        title: String, entries: [(label: String, values: [Double], interval: MeanInterval, says: String)],
        showsZero: Bool
    ) {
        self.title = title
        let all = entries.flatMap { $0.values + [$0.interval.low, $0.interval.high].compactMap { $0 } }
        let scale = PlotScale(all + (showsZero ? [0] : []), from: Self.left, to: Self.right)
        let end = Double(entries.count) * Self.rowHeight + 10
        height = rounded(end + 26, 0)
        bottom = rounded(end, 0)
        tickY = rounded(end + 16, 0)
        rows = entries.enumerated().map { number, entry in
            let y = (Double(number) + 0.5) * Self.rowHeight + 5
            let interval = entry.interval
            return Row(
                label: entry.label.shortened(to: 26), y: rounded(y, 1), textY: rounded(y + 4, 1),
                dots: entry.values.map { rounded(scale.place($0), 1) }, mean: rounded(scale.place(interval.mean), 1),
                low: rounded(scale.place(interval.low ?? interval.mean), 1),
                high: rounded(scale.place(interval.high ?? interval.mean), 1), hasInterval: interval.low != nil,
                title: "\(entry.label): \(rounded(interval.mean, 2)) (\(interval.range(2))) \(entry.says)")
        }
        ticks = scale.ticks.map { Tick(x: rounded(scale.place($0), 1), text: tickText($0)) }
        zero = showsZero ? [rounded(scale.place(0), 1)] : []
    }
}

private func tickText(_ value: Double) -> String {
    guard abs(value) > 1e-9 else { return "0" }
    return rounded(value, abs(value) < 1 ? 2 : abs(value) < 10 ? 1 : 0)
}
