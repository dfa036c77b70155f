/// Time in whole tenths of a second, so that no rounding can hide a breach.
enum Ticks {
    /// Greatest time that is taken for one, s; about thirty thousand years.
    private static let greatestSeconds = 1e12
    /// Share of a tick by which a decimal number may miss it in binary.
    private static let tolerance = 1e-6

    /// The time in ticks; nil where it is not finite, absurd or not a multiple of 0.1 s.
    static func exactly(_ seconds: Double) -> Int? {
        guard seconds.isFinite, abs(seconds) <= greatestSeconds else { return nil }
        let scaled = seconds * 10
        let rounded = scaled.rounded()
        // Beyond about 10⁸ s a binary number is no longer spaced finely enough for the fixed tolerance.
        guard abs(scaled - rounded) <= max(tolerance, scaled.ulp * 4) else { return nil }
        return Int(rounded)
    }

    /// The least number of ticks that is not shorter; nil where the time is not finite, negative or absurd.
    static func atLeast(_ seconds: Double) -> Int? {
        guard seconds.isFinite, seconds >= 0, seconds <= greatestSeconds else { return nil }
        return Int((seconds * 10 - tolerance).rounded(.up))
    }

    /// The greatest number of ticks that is not longer; nil where the time is not finite, negative or absurd.
    static func atMost(_ seconds: Double) -> Int? {
        guard seconds.isFinite, seconds >= 0, seconds <= greatestSeconds else { return nil }
        return Int((seconds * 10 + tolerance).rounded(.down))
    }

    /// The time in seconds.
    static func seconds(_ ticks: Int) -> Double { Double(ticks) / 10 }

    /// The remainder in 0 ..< cycle, for negative times too.
    static func modulo(_ ticks: Int, _ cycle: Int) -> Int {
        let remainder = ticks % cycle
        return remainder < 0 ? remainder + cycle : remainder
    }
}
