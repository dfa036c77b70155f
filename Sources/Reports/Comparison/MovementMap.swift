import Comparison
import SignalModel

/// A map on which each signalised movement shows whether it gains or pays under a plan.
struct MovementMap {
    struct Stroke {
        var points: String
        var colour: String
        var width: String
        var title: String
    }

    let label: String
    let width = "760"
    let height: String
    let roads: [String]
    let strokes: [Stroke]
    let gains: String
    let pays: String
    let unshown: String

    /// Blue and orange, which the colour-blind can tell apart.
    private static let colours = [PairedDifference.Verdict.lower: "#1565c0", .higher: "#e65100"]

    init?(_ outcome: PlanComparison.Outcome, network: Network) {
        let index = NetworkIndex(network)
        let places = Dictionary(network.nodes.map { ($0.id, $0.position) }, uniquingKeysWith: { first, _ in first })
        let shapes: [[Point]] = network.links.map { link in
            link.shape.count > 1 ? link.shape : [link.from, link.to].compactMap { places[$0] }
        }
        let all: [Point] = shapes.flatMap { $0 }
        guard let left = all.map(\.x).min(), let right = all.map(\.x).max(), let low = all.map(\.y).min(),
            let high = all.map(\.y).max(), outcome.movements.contains(where: { $0.difference != nil })
        else { return nil }
        let margin = 10.0
        let scale = min((760 - 2 * margin) / max(1, right - left), 620 / max(1, high - low))
        func place(_ point: Point) -> String {
            rounded(margin + (point.x - left) * scale, 1) + "," + rounded(margin + (high - point.y) * scale, 1)
        }
        label = outcome.label
        height = rounded((high - low) * scale + 2 * margin, 0)
        roads = shapes.map { $0.map(place).joined(separator: " ") }
        strokes = outcome.movements.compactMap { row in
            guard let difference = row.difference, let position = index.movements[row.movement] else { return nil }
            let movement = network.movements[position]
            guard let from = index.links[movement.from], let to = index.links[movement.to],
                let stop = shapes[from].last, let start = shapes[to].first
            else { return nil }
            // A piece of both roads, so that the turn can be seen.
            let path = [
                toward(stop, from: shapes[from], 30), stop, start, toward(start, from: shapes[to].reversed(), 30),
            ]
            return Stroke(
                points: path.map(place).joined(separator: " "),
                colour: Self.colours[difference.verdict] ?? "#9e9e9e",
                width: rounded(min(6, 1 + row.vehicles / 100), 1),
                title: "\(movement.from) to \(movement.to) (\(movement.turn.rawValue)): \(rounded(row.vehicles)) veh, "
                    + "\(rounded(row.delay, 1)) s, \(rounded(difference.interval.mean, 1)) s "
                    + "(\(difference.interval.range(1))): \(difference.sentence)")
        }
        func count(_ verdict: PairedDifference.Verdict) -> String {
            String(outcome.movements.count { $0.difference?.verdict == verdict })
        }
        gains = count(.lower)
        pays = count(.higher)
        unshown = count(.noDifferenceShown)
    }
}

/// The point on a line that ends in `end`, a distance before it or at its beginning.
private func toward(_ end: Point, from line: [Point], _ distance: Double) -> Point {
    guard line.count > 1 else { return end }
    let before = line[line.count - 2]
    let length = ((before.x - end.x) * (before.x - end.x) + (before.y - end.y) * (before.y - end.y)).squareRoot()
    let share = length > 0 ? min(1, distance / length) : 0
    return Point(x: end.x + (before.x - end.x) * share, y: end.y + (before.y - end.y) * share)
}
