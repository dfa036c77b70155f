import Reports

/// Delay over demand under the plan and under the present one.
enum SensitivityDrawing {
    private static let (left, width) = (60.0, 420.0)

    static func drawing(_ points: [DemandPoint], label: String, writer: PageWriter) -> String {
        guard points.count > 1 else { return "" }
        var drawing = Drawing(width: left + width + 90, height: 240, label: label)
        let across = PlotScale(points.map(\.scale), from: left, to: left + width)
        let up = PlotScale([0] + points.flatMap { [$0.delay, $0.presentDelay ?? $0.delay] }, from: 200, to: 22)
        drawing.text("s small", 2, 11, "\(writer[.delay]), \(writer[.delayUnit])")
        for tick in up.ticks {
            drawing.line("tick", left, up.place(tick), left + width, up.place(tick))
            drawing.text("e", left - 5, up.place(tick) + 4, rounded(tick, tick == tick.rounded() ? 0 : 1))
        }
        for point in points {
            let x = across.place(point.scale)
            drawing.line("tick", x, 22, x, 200)
            drawing.text("m", x, 215, seconds(point.scale))
        }
        drawing.text("m small", left + width / 2, 232, writer[.demandFactor])
        func line(_ look: String, _ name: String, _ values: [Double]) {
            guard values.count == points.count, let last = values.last else { return }
            let places = zip(points, values).map { (across.place($0.scale), up.place($1)) }
            drawing.path(look, places)
            for place in places { drawing.dot(look + "dot", place.0, place.1, radius: 3.5) }
            drawing.text("s", left + width + 4, up.place(last) + 4, name)
        }
        line("now", writer[.now], points.compactMap(\.presentDelay))
        line("new", writer[.new], points.map(\.delay))
        return drawing.markup
    }
}
