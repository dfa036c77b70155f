import Reports
import SignalModel

/// Two cycles of a street: greens of the through movements, bands at free-flow speed and ways of vehicles.
enum TimeSpaceDrawing {
    private static let (left, width, top) = (150.0, 580.0, 16.0)

    static func drawing(_ street: ArterialReport, label: String) -> String {
        guard let length = street.stops.last?.distance, length > 0,
            let longest = street.stops.map(\.cycle).max(), longest > 0
        else { return "" }
        let height = min(520, max(190, Double(street.stops.count) * 62))
        let span = 2 * (street.cycle ?? longest)
        var drawing = Drawing(width: left + width + 20, height: top + height + 46, label: label)
        let scale = width / span
        func x(_ time: Double) -> Double { left + time * scale }
        let places = street.stops.map { top + 12 + height * (1 - $0.distance / length) }
        let bottom = top + height + 24
        for tick in GreenBars.ticks(span) {
            drawing.line("tick", x(tick), top - 6, x(tick), bottom)
            drawing.text("m", x(tick), bottom + 13, seconds(tick))
        }
        if let cycle = street.cycle {
            band(&drawing, street.outbound, places: places, cycle: cycle, span: span, look: "band", x)
            if let inbound = street.inbound {
                band(&drawing, inbound, places: places.reversed(), cycle: cycle, span: span, look: "band back", x)
            }
            ways(&drawing, street.outbound, places: places, cycle: cycle, span: span, look: "way", x)
            if let inbound = street.inbound {
                ways(&drawing, inbound, places: places.reversed(), cycle: cycle, span: span, look: "way back", x)
            }
        }
        for (stop, y) in zip(street.stops, places) {
            drawing.text("e", left - 6, y + 1, stop.junction.text.shortened(to: 20))
            drawing.text("e small", left - 6, y + 12, "\(rounded(stop.distance)) m")
            drawing.line("red", left, y - 3, left + width, y - 3)
            greens(&drawing, stop.outbound, stop.cycle, y: y - 6, span: span, look: "green", x)
            guard !stop.inbound.isEmpty else { continue }
            drawing.line("red", left, y + 3, left + width, y + 3)
            greens(&drawing, stop.inbound, stop.cycle, y: y + 1, span: span, look: "green back", x)
        }
        return drawing.markup
    }

    private static func greens(
        _ drawing: inout Drawing, _ greens: [GreenInterval], _ cycle: Double, y: Double, span: Double, look: String,
        _ x: (Double) -> Double
    ) {
        guard cycle > 0 else { return }
        for turn in 0..<Int((span / cycle).rounded(.up)) {
            for green in greens {
                for piece in GreenBars.pieces(green.start, min(green.duration, cycle), cycle) {
                    let start = Double(turn) * cycle + piece.start
                    let end = min(span, start + piece.length)
                    drawing.box(look, x(start), y, x(end) - x(start), 5)
                }
            }
        }
    }

    private static func band(
        _ drawing: inout Drawing, _ way: ArterialReport.Direction, places: [Double], cycle: Double, span: Double,
        look: String, _ x: (Double) -> Double
    ) {
        guard let start = way.bandStart, let width = way.bandWidth, width > 0 else { return }
        var times = [0.0]
        for time in way.travelTimes { times.append(times[times.count - 1] + time) }
        for turn in first(before: times[times.count - 1], cycle)..<2 {
            let begin = start + Double(turn) * cycle
            let front = zip(times, places).map { (begin + $0, $1) }
            let back = zip(times, places).map { (begin + width + $0, $1) }
            let outline = clipped(front, to: span) { x($0) }
            let other = clipped(back, to: span) { x($0) }
            drawing.path(look, outline + other.reversed(), isClosed: true)
        }
    }

    private static func ways(
        _ drawing: inout Drawing, _ way: ArterialReport.Direction, places: [Double], cycle: Double, span: Double,
        look: String, _ x: (Double) -> Double
    ) {
        let last = way.platoon.flatMap { $0 }.map(\.departure).max() ?? 0
        for turn in first(before: last, cycle)..<2 {
            for vehicle in way.platoon {
                let points = zip(vehicle, places).flatMap { passage, y in
                    [(passage.arrival + Double(turn) * cycle, y), (passage.departure + Double(turn) * cycle, y)]
                }
                drawing.path(look, clipped(points, to: span, place: x))
            }
        }
    }

    /// The first turn of which something is still under way at time 0.
    private static func first(before last: Double, _ cycle: Double) -> Int { -Int((last / cycle).rounded(.up)) }

    /// A way in order of time as far as it lies between 0 and the end.
    private static func clipped(
        _ points: [(time: Double, y: Double)], to end: Double, place: (Double) -> Double
    ) -> [(x: Double, y: Double)] {
        var result: [(x: Double, y: Double)] = []
        for (one, two) in zip(points, points.dropFirst()) where two.time >= 0 && one.time <= end {
            func at(_ time: Double) -> (x: Double, y: Double) {
                let share = two.time > one.time ? (time - one.time) / (two.time - one.time) : 0
                return (place(time), one.y + (two.y - one.y) * share)
            }
            if result.isEmpty { result.append(at(max(0, one.time))) }
            result.append(at(min(end, two.time)))
        }
        return result
    }
}
