/// How long to look for labels and for a bound.
///
/// The result depends on all of it but the number of threads.
public struct SolverSettings: Sendable {
    /// Seed of what is drawn at random.
    public var seed: UInt64
    /// Visits to all clusters that raise the lower bound.
    public var boundSweeps: Int
    /// Independent searches for labels, whose results are combined.
    public var starts: Int
    /// Attempts of each search to leave what it has found.
    public var searchRounds: Int
    /// Work up to which a part is solved exactly by elimination alone, table values looked at.
    public var eliminationWork: Double
    /// The gap at which to stop, share of the value.
    public var gap: Double
    /// Threads to use.
    public var threads: Int
    /// Asked now and then; once it says true, the best labels and bound so far are the result.
    public var shouldStop: @Sendable () -> Bool

    /// Settings for an energy of a size: the more variables, the less for each.
    ///
    /// - Parameters:
    ///   - variableCount: Variables of the energy.
    ///   - seed: Seed of what is drawn at random.
    ///   - threads: Threads to use.
    ///   - shouldStop: Says true when time is up; by default it never is. With it, results depend on the time taken.
    public init(
        variableCount: Int, seed: UInt64, threads: Int = 1, shouldStop: @escaping @Sendable () -> Bool = { false }
    ) {
        self.seed = seed
        self.threads = threads
        self.shouldStop = shouldStop
        let size = max(1, variableCount)
        boundSweeps = min(12, max(2, 1000 / size))
        // Many short searches find more than few long ones, where a search covers all.
        starts = size <= 400 ? 16 : 4
        searchRounds = size <= 400 ? min(8, max(2, 400 / size)) : 5
        eliminationWork = 1e9
        gap = 1e-9
    }

    /// Whether a bound is near enough to a value.
    func isEnough(_ bound: Double, _ value: Double) -> Bool { value - bound <= gap * value.magnitude }
}
