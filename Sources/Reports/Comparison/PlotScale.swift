/// Values on a line of a drawing.
package struct PlotScale {
    let low: Double
    let high: Double
    /// Where the line begins and ends, pixels.
    let from: Double
    let to: Double

    /// A scale that all values are on, with a little room at both ends.
    package init(_ values: [Double], from: Double, to: Double) {
        let least = values.min() ?? 0
        let greatest = values.max() ?? 1
        let room = max((greatest - least) * 0.04, 1e-9 + abs(greatest) * 1e-3)
        low = least - room
        high = greatest + room
        self.from = from
        self.to = to
    }

    /// Place of a value, pixels.
    package func place(_ value: Double) -> Double { from + (value - low) / (high - low) * (to - from) }

    /// Five or so round values on the scale: 1, 2 or 5 times a power of ten apart.
    package var ticks: [Double] {
        var step = 1e-9
        for factor in Self.steps.joined() where factor * 5 < high - low { step = factor }
        let first = (low / step).rounded(.up)
        return (0..<20).map { (first + Double($0)) * step }.filter { $0 <= high }
    }

    private static let steps = (-9...9).map { power in
        let ten = power < 0 ? 1 / Self.tenTo(-power) : Self.tenTo(power)
        return [ten, 2 * ten, 5 * ten]
    }

    private static func tenTo(_ power: Int) -> Double { (0..<power).reduce(1) { value, _ in value * 10 } }
}
