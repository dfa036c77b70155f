import SignalModel

/// What the demand of a junction rests on, from best to worst; each is a step by which control degrades.
public enum DemandBasis: String, Codable, Sendable, CaseIterable, Comparable {
    /// Every detector of the junction is sound.
    case measured
    /// Some are not: flows come from the others and from history, with a wider error.
    case imputed
    /// Fewer than half are sound: flows are those of history.
    case historic
    /// Nothing is known: the plan that runs is kept.
    case unknown

    /// Whether one is better than another.
    public static func < (first: DemandBasis, second: DemandBasis) -> Bool {
        allCases.firstIndex(of: first)! < allCases.firstIndex(of: second)!
    }

    /// The basis of a junction.
    ///
    /// - Parameters:
    ///   - sound: Detectors that are sound.
    ///   - all: Detectors that there are.
    ///   - hasHistory: Whether days before are known at this time of day.
    public static func of(sound: Int, all: Int, hasHistory: Bool) -> DemandBasis {
        if sound == all, all > 0 { return .measured }
        if 2 * sound >= all, sound > 0 { return .imputed }
        return hasHistory ? .historic : .unknown
    }
}
