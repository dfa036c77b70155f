/// Rings and barriers of a junction: phases one after another in each ring, with heavy lines at the barriers.
enum RingDrawing {
    private static let (left, width, row) = (70.0, 660.0, 34.0)

    static func drawing(_ timing: TimingReport, writer: PageWriter) -> String {
        let phases = timing.rings.flatMap { $0 }
        guard let cycle = phases.map({ $0.start + $0.split }).max(), cycle > 0 else { return "" }
        let scale = width / Double(cycle)
        let bottom = Double(timing.rings.count) * row + 6
        var drawing = Drawing(width: left + width + 20, height: bottom + 18, label: writer[.ringsText])
        for (number, ring) in timing.rings.enumerated() {
            let top = Double(number) * row + 4
            drawing.text(
                "e", left - 8, top + 18, writer[.ring].replacing("{0}", with: "\(number + 1)"))
            for phase in ring {
                let start = left + Double(phase.start) * scale
                let green = Double(phase.green) * scale
                let yellow = Double(phase.yellow) * scale
                drawing.box("phase", start, top, Double(phase.split) * scale, row - 8)
                drawing.box("green", start, top + row - 15, green, 7)
                drawing.box("yellow", start + green, top + row - 15, yellow, 7)
                drawing.text(
                    "m", start + Double(phase.split) * scale / 2, top + 13, "φ\(phase.number)  \(phase.split)")
            }
        }
        let barriers = Set(
            phases.filter { phase in
                !phases.contains { $0.barrierGroup == phase.barrierGroup && $0.start < phase.start }
            }.map(\.start) + [cycle])
        for barrier in barriers.sorted() {
            let x = left + Double(barrier) * scale
            drawing.line("barrier", x, 0, x, bottom)
            drawing.text("m", x, bottom + 14, "\(barrier)")
        }
        return drawing.markup
    }
}
