import Reports
import SignalModel

/// The signal groups of a junction over the cycle: a bar for each green.
enum GreenBars {
    private static let (left, width, row) = (150.0, 580.0, 17.0)

    /// - Parameter isPresent: Draws the present greens.
    static func drawing(_ timing: TimingReport, isPresent: Bool, label: String) -> String {
        guard let cycle = isPresent ? timing.presentCycle : timing.cycle, cycle > 0 else { return "" }
        let bottom = Double(timing.groups.count) * row + 6
        var drawing = Drawing(width: left + width + 20, height: bottom + 18, label: label)
        let scale = width / cycle
        for tick in ticks(cycle) {
            drawing.line("tick", left + tick * scale, 0, left + tick * scale, bottom)
            drawing.text("m", left + tick * scale, bottom + 13, seconds(tick))
        }
        for (number, group) in timing.groups.enumerated() {
            let top = Double(number) * row + 4
            drawing.text("e", left - 6, top + 10, group.group.text.shortened(to: 22))
            drawing.line("red", left, top + 6.5, left + width, top + 6.5)
            let greens = isPresent ? group.presentGreens : group.greens
            for green in greens {
                let isWhole = green.duration >= cycle
                let look = group.kind == .pedestrian ? "walk" : "green"
                pieces(green.start, isWhole ? cycle : green.duration, cycle).forEach {
                    drawing.box(look, left + $0.start * scale, top, $0.length * scale, 13)
                }
                if !isWhole {
                    pieces(green.start + green.duration, group.yellow, cycle).forEach {
                        drawing.box("yellow", left + $0.start * scale, top, $0.length * scale, 13)
                    }
                    pieces(green.start - group.redAmber, group.redAmber, cycle).forEach {
                        drawing.box("yellow", left + $0.start * scale, top, $0.length * scale, 13)
                    }
                }
                let longest = pieces(green.start, min(cycle, green.duration), cycle).max { $0.length < $1.length }
                if let longest, longest.length * scale > 18 {
                    drawing.text(
                        "m onbar", left + (longest.start + longest.length / 2) * scale, top + 10,
                        seconds(min(cycle, green.duration)))
                }
            }
        }
        return drawing.markup
    }

    /// A time on the cycle in pieces that do not run over its end.
    static func pieces(_ start: Double, _ length: Double, _ cycle: Double) -> [(start: Double, length: Double)] {
        guard length > 0 else { return [] }
        let begin = start - (start / cycle).rounded(.down) * cycle
        let first = min(length, cycle - begin)
        return [(begin, first)] + (length > first ? [(0, length - first)] : [])
    }

    /// Round seconds on a cycle.
    static func ticks(_ cycle: Double) -> [Double] {
        let step = [5.0, 10, 15, 20, 30, 60].first { cycle / $0 <= 14 } ?? 120
        return Array(stride(from: 0, through: cycle, by: step))
    }
}
