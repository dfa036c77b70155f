import SignalModel

/// The generator that the tests draw from: the same seed gives the same numbers on every machine.
public typealias SplitMix64 = SeededGenerator

extension SeededGenerator {
    /// True with a probability of 0 … 1.
    public mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }
}
