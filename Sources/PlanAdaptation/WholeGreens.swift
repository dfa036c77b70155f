/// Greens in whole seconds that come nearest to wanted ones: the quadratic knapsack that ends a split regulator (Diakaki,
/// Papageorgiou and Aboudolas 2002 project their greens so), with whole numbers.
enum WholeGreens {
    /// The whole greens gᵢ within their bounds whose sum is given and for which Σ(gᵢ − wantedᵢ)² is least.
    ///
    /// Second by second to the stage for which it makes the sum least, which is exact for convex terms (Gross 1956); the
    /// first of equals.
    ///
    /// - Returns: nil where the bounds do not allow the sum.
    static func nearest(to wanted: [Double], within bounds: [ClosedRange<Int>], sum: Int) -> [Int]? {
        precondition(wanted.count == bounds.count, "one wanted green for each stage")
        var greens = bounds.map(\.lowerBound)
        var left = sum - greens.reduce(0, +)
        let most = bounds.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
        guard left >= 0, left <= most else { return nil }
        while left > 0 {
            let open = greens.indices.filter { greens[$0] < bounds[$0].upperBound }
            let next = open.max { wanted[$0] - Double(greens[$0]) < wanted[$1] - Double(greens[$1]) }!
            // Of equals `max` takes the last.
            let lack = wanted[next] - Double(greens[next])
            greens[open.first { wanted[$0] - Double(greens[$0]) == lack }!] += 1
            left -= 1
        }
        return greens
    }
}
