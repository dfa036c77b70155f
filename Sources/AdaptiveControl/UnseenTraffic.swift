/// What is taken to come on a lane of whose detectors nothing can be had.
enum UnseenTraffic {
    /// Factor on what is likely where a mean is believed in: a queue that nobody sees must be served more than it needs on
    /// the average, or it grows without bound.
    static let margin = 1.3

    /// Vehicles per second: what is usual on the lane, as much more or less as on the lanes beside it.
    static func inflow(usual: Double, beside: Double, usualBeside: Double) -> Double {
        let today = usualBeside > 0 ? min(max(beside / usualBeside, 0.5), 2) : 1
        return today * usual
    }
}
