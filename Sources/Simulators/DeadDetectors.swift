import SignalModel

/// Which detectors of a run say nothing.
enum DeadDetectors {
    /// Draws whether each is dead; the same every time for the same seed.
    static func draw(_ count: Int, share: Double, seed: UInt64) -> [Bool] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Double.random(in: 0..<1, using: &generator) < share }
    }
}
