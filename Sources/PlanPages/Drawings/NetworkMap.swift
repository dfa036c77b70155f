import Reports
import SignalModel

/// A map of the network on which approaches to signals show a value.
struct NetworkMap {
    /// An entry of the legend.
    struct Entry {
        let look: String
        let text: String
        /// Number of approaches in the class.
        let count: String
    }

    let drawing: String
    let legend: [Entry]

    /// - Parameters:
    ///   - values: Value of each approach that has one.
    ///   - title: What to say of an approach where it is pointed at; nil for nothing.
    init(
        _ geometry: Geometry, network: Network, values: [LinkID: Double], classes: [MapClass], label: String,
        writer: PageWriter, title: ((LinkID, Double) -> String)?
    ) {
        let all = geometry.shapes.flatMap { $0 }
        let (left, right) = (all.map(\.x).min() ?? 0, all.map(\.x).max() ?? 1)
        let (low, high) = (all.map(\.y).min() ?? 0, all.map(\.y).max() ?? 1)
        let margin = 16.0
        let scale = min((760 - 2 * margin) / max(1, right - left), 560 / max(1, high - low))
        let isGreat = network.junctions.count > 60
        let side = (network.drivingSide == .right ? 1.0 : -1.0) * (isGreat ? 0.7 : 2.4)
        // Narrow networks stand in the middle.
        let inset = (760 - (right - left) * scale) / 2
        func place(_ point: Point) -> (x: Double, y: Double) {
            (inset + (point.x - left) * scale, margin + (high - point.y) * scale)
        }
        var drawing = Drawing(width: 760, height: (high - low) * scale + 2 * margin, label: label)
        var counts = classes.map { _ in 0 }
        var strokes: [(look: String, way: [(x: Double, y: Double)], title: String)] = []
        for (number, link) in network.links.enumerated() {
            let way = moved(geometry.shapes[number].map(place), aside: side)
            guard let value = values[link.id] else {
                drawing.path("road", way)
                continue
            }
            let kind = classes.firstIndex { value <= $0.greatest } ?? classes.count - 1
            counts[kind] += 1
            strokes.append((classes[kind].look + (isGreat ? " fine" : ""), way, title?(link.id, value) ?? ""))
        }
        for stroke in strokes { drawing.path(stroke.look, stroke.way, title: stroke.title) }
        for (number, point) in geometry.junctions.enumerated() {
            let spot = place(point)
            drawing.dot("node", spot.x, spot.y, radius: isGreat ? 1.5 : 8.5)
            if !isGreat { drawing.text("m nodenumber", spot.x, spot.y + 3.7, "\(number + 1)") }
        }
        self.drawing = drawing.markup
        legend = zip(classes, counts).map { Entry(look: $0.look, text: writer[$0.word], count: "\($1)") }
    }
}

/// A line beside another, so that both directions of a road can be seen.
private func moved(_ line: [(x: Double, y: Double)], aside: Double) -> [(x: Double, y: Double)] {
    line.indices.map { number in
        let before = line[max(0, number - 1)]
        let after = line[min(line.count - 1, number + 1)]
        let (x, y) = (after.x - before.x, after.y - before.y)
        let length = (x * x + y * y).squareRoot()
        guard length > 0 else { return line[number] }
        return (line[number].x - y / length * aside, line[number].y + x / length * aside)
    }
}
