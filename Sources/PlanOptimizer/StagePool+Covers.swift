extension StagePool {
    /// Small sets of stages that together serve every group, in the order of a rank, best first.
    ///
    /// - Parameter rank: What speaks against a set, such as the degree of saturation that it leaves.
    func covers(rankedBy rank: ([[Int]]) -> Double) -> [[[Int]]] {
        let stages = own + derived
        var found: [[[Int]]] = []
        var tried = 0
        func extend(_ chosen: [[Int]], from first: Int, open: Set<Int>) {
            tried += 1
            // Joined junctions can have hundreds of stages of which no four serve all.
            guard found.count < 400, tried < 100_000 else { return }
            if open.isEmpty {
                if chosen.count >= 2 { found.append(chosen) }
                return
            }
            guard chosen.count < 4 else { return }
            for next in first..<max(first, stages.count) where stages[next].contains(where: { open.contains($0) }) {
                extend(chosen + [stages[next]], from: next + 1, open: open.subtracting(stages[next]))
            }
        }
        extend([], from: 0, open: Set(0..<rules.groupCount))
        return found.map { ($0, rank($0)) }.enumerated()
            .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
    }
}
