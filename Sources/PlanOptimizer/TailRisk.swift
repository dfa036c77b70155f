/// How bad days count: the mean over the demands, and the mean over the worst of them.
///
/// The cost of demands with costs c is (1 − w)·mean(c) + w·CVaR(c), with the conditional value at risk of Rockafellar and
/// Uryasev (2000), equation 8 for equally likely cases: the mean of the worst part of them.
struct TailRisk: Sendable {
    /// Weight w of the worst demands, 0 to 1.
    var weight: Double
    /// Part of the demands that are the worst, above 0 and up to 1.
    var share: Double

    init(settings: OptimizerSettings) {
        weight = settings.tailWeight
        share = settings.tailShare
    }

    /// Weight of each demand in the cost; they sum to 1, and are a subgradient of the cost.
    func weights(of costs: [Double]) -> [Double] {
        let count = Double(costs.count)
        var result = costs.map { _ in (1 - weight) / count }
        var left = share * count
        for demand in costs.indices.sorted(by: { (costs[$1], $0) < (costs[$0], $1) }) where left > 0 {
            result[demand] += weight * min(1, left) / (share * count)
            left -= 1
        }
        return result
    }
}
