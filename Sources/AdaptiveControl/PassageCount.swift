/// Counts those who come onto a short way by what an area on it reports: how many are there and how fast, second by second.
///
/// Whoever drives over it whole covers its length, so the lengths that all cover in a second, over its length, are
/// the passages; rounding starts anew whenever nobody is there.
public struct PassageCount: Sendable {
    private let length: Double
    /// Passages since the way was empty, in parts.
    private var covered = 0.0
    /// Those of them that have been told.
    private var told = 0

    /// - Parameter length: Of the way, m.
    public init(length: Double) { self.length = max(1, length) }

    /// Goes on by a second; returns how many have come.
    ///
    /// What cannot be true, as more vehicles than metres, counts as nobody.
    ///
    /// - Parameters:
    ///   - vehicles: Vehicles on the way at the end of the second.
    ///   - meanSpeed: Their mean speed, m/s; meaningless without any.
    public mutating func observe(vehicles: Int, meanSpeed: Double) -> Int {
        let isTrue = Double(vehicles) <= length + 1 && AreaReading.possibleSpeeds.contains(meanSpeed)
        guard vehicles > 0, isTrue else {
            covered = 0
            told = 0
            return 0
        }
        covered += Double(vehicles) * max(0, meanSpeed) / length
        let sum = max(vehicles, Int(covered.rounded()))
        defer { told = max(told, sum) }
        return max(0, sum - told)
    }
}
