/// How much a ``FullReport`` holds.
public struct FullReportSettings: Sendable {
    /// Lane groups whose profiles are kept, those with most delay first; nil for all.
    public var profileCount: Int? = 6
    /// Arterials that are kept, the longest first; nil for all.
    public var greatestArterialCount: Int? = 8
    /// Factors on the demand at which the plans are simulated.
    public var demandScales = [0.8, 0.9, 1.0, 1.1, 1.2]
    /// Threads; the report does not depend on it.
    public var threads = 2

    /// Takes the standard values.
    public init() {}
}
