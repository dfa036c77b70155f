import SignalModel

/// A chain of straight pieces on the plane.
struct Polyline {
    let points: [Point]
    private let low: Point
    private let high: Point

    init(_ points: [Point]) {
        self.points = points
        low = Point(x: points.map(\.x).min() ?? 0, y: points.map(\.y).min() ?? 0)
        high = Point(x: points.map(\.x).max() ?? 0, y: points.map(\.y).max() ?? 0)
    }

    /// Length, m.
    var length: Double {
        zip(points, points.dropFirst()).reduce(0) { sum, piece in
            let east = piece.1.x - piece.0.x
            let north = piece.1.y - piece.0.y
            return sum + (east * east + north * north).squareRoot()
        }
    }

    /// Whether two chains meet anywhere, ends included.
    func meets(_ other: Polyline) -> Bool {
        guard low.x <= other.high.x, other.low.x <= high.x, low.y <= other.high.y, other.low.y <= high.y else {
            return false
        }
        for own in zip(points, points.dropFirst()) {
            for its in zip(other.points, other.points.dropFirst()) where Self.meet(own, its) { return true }
        }
        return false
    }

    /// Two straight pieces meet when the ends of each lie on both sides of, or on, the other.
    private static func meet(_ first: (Point, Point), _ second: (Point, Point)) -> Bool {
        let sides = [
            side(first, second.0), side(first, second.1), side(second, first.0), side(second, first.1),
        ]
        if sides[0] * sides[1] < 0 && sides[2] * sides[3] < 0 { return true }
        return (sides[0] == 0 && isWithin(first, second.0)) || (sides[1] == 0 && isWithin(first, second.1))
            || (sides[2] == 0 && isWithin(second, first.0)) || (sides[3] == 0 && isWithin(second, first.1))
    }

    /// −1, 0 or 1: right of, on or left of a straight line.
    private static func side(_ line: (Point, Point), _ point: Point) -> Int {
        let area =
            (line.1.x - line.0.x) * (point.y - line.0.y) - (line.1.y - line.0.y) * (point.x - line.0.x)
        return area > 0 ? 1 : area < 0 ? -1 : 0
    }

    private static func isWithin(_ piece: (Point, Point), _ point: Point) -> Bool {
        min(piece.0.x, piece.1.x) <= point.x && point.x <= max(piece.0.x, piece.1.x)
            && min(piece.0.y, piece.1.y) <= point.y && point.y <= max(piece.0.y, piece.1.y)
    }
}
