import Reports

/// One cycle of a lane group: flows above, the queue beneath.
enum ProfileDrawing {
    private static let (left, width) = (52.0, 330.0)

    static func drawing(_ profile: ProfileReport, label: String, writer: PageWriter) -> String {
        var drawing = Drawing(width: left + width + 14, height: 262, label: label)
        let scale = width / Double(profile.cycle)
        func steps(_ values: [Double], _ y: (Double) -> Double) -> [(x: Double, y: Double)] {
            values.enumerated().flatMap { second, value in
                [(left + Double(second) * scale, y(value)), (left + Double(second + 1) * scale, y(value))]
            }
        }
        let most = max(1, (profile.arrivalsPerHour + profile.capacityPerHour + profile.departuresPerHour).max() ?? 1)
        let flow = PlotScale([0, most], from: 140, to: 20)
        axis(&drawing, flow, title: writer[.flowAxis], y: 11)
        drawing.path("go", steps(profile.capacityPerHour, flow.place))
        drawing.path("in", steps(profile.arrivalsPerHour, flow.place))
        drawing.path("out", steps(profile.departuresPerHour, flow.place))
        let queue = PlotScale([0, max(1, profile.queue.max() ?? 1)], from: 228, to: 165)
        axis(&drawing, queue, title: writer[.queueAxis], y: 157)
        let floor = queue.place(0)
        let line = steps(profile.queue, queue.place)
        drawing.path("queue", [(left, floor)] + line + [(left + width, floor)], isClosed: true)
        for tick in GreenBars.ticks(Double(profile.cycle))
        where tick * scale < width - 12 || tick == Double(profile.cycle) {
            drawing.line("tick", left + tick * scale, 20, left + tick * scale, 231)
            drawing.text("m", left + tick * scale, 243, seconds(tick))
        }
        drawing.text("m small", left + width / 2, 257, writer[.secondsAxis])
        return drawing.markup
    }

    private static func axis(_ drawing: inout Drawing, _ scale: PlotScale, title: String, y: Double) {
        drawing.text("s small", 2, y, title)
        var last = Double.infinity
        for tick in scale.ticks where last - scale.place(tick) > 12 {
            last = scale.place(tick)
            drawing.line("tick", left, last, left + width, last)
            drawing.text("e", left - 5, scale.place(tick) + 4, rounded(tick, tick == tick.rounded() ? 0 : 1))
        }
    }
}
