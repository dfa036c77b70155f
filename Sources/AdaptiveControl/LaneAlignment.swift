/// Finds which of the vehicles that were believed to be on a lane are those that are seen on it, both in their order.
///
/// The cheapest alignment of two sequences (Needleman and Wunsch 1970): vehicles do not overtake within a lane, but some
/// leave it and some are new.
struct LaneAlignment: Sendable {
    private enum Move { case both, believed, seen }

    private var costs: [Double] = []
    private var moves: [Move] = []
    /// For each vehicle that is seen, the believed one that it is; nil for a new one.
    private(set) var partners: [Int?] = []

    /// Aligns two sequences; the answer lies in ``partners`` afterwards.
    ///
    /// - Parameters:
    ///   - same: Cost of taking a believed vehicle for a seen one.
    ///   - gone: Cost of taking a believed vehicle for gone.
    ///   - new: Cost of taking a seen vehicle for new.
    mutating func align(
        believed: Int, seen: Int, same: (Int, Int) -> Double, gone: (Int) -> Double, new: (Int) -> Double
    ) {
        let width = seen + 1
        let size = (believed + 1) * width
        if costs.count < size {
            costs = Array(repeating: 0, count: size)
            moves = Array(repeating: .both, count: size)
        }
        costs[0] = 0
        for column in 0..<seen {
            costs[column + 1] = costs[column] + new(column)
            moves[column + 1] = .seen
        }
        for row in 0..<believed {
            let above = row * width
            let here = above + width
            let leaving = gone(row)
            costs[here] = costs[above] + leaving
            moves[here] = .believed
            for column in 0..<seen {
                var cost = costs[above + column] + same(row, column)
                var move = Move.both
                if costs[above + column + 1] + leaving < cost {
                    cost = costs[above + column + 1] + leaving
                    move = .believed
                }
                if costs[here + column] + new(column) < cost {
                    cost = costs[here + column] + new(column)
                    move = .seen
                }
                costs[here + column + 1] = cost
                moves[here + column + 1] = move
            }
        }
        partners.removeAll(keepingCapacity: true)
        for _ in 0..<seen { partners.append(nil) }
        var row = believed
        var column = seen
        while row > 0 || column > 0 {
            switch moves[row * width + column] {
            case .both:
                row -= 1
                column -= 1
                partners[column] = row
            case .believed: row -= 1
            case .seen: column -= 1
            }
        }
    }
}
