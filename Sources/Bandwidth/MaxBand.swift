import IntegerProgram

/// The search for the timing of an arterial whose green bands are widest: MAXBAND, as a mixed-integer linear program.
///
/// Little (Operations Research 14, 1966) and Little, Kelson and Gartner (Transportation Research Record 795, 1981): cycle
/// time, speeds, offsets and left-turn sequence at once, to a proven optimum. The notes of `MaxBandProgram` derive the rows.
public struct MaxBand: Sendable {
    /// What the bands of the two directions are worth against each other.
    public enum Balance: Sendable, Equatable {
        /// outbound·b + inbound·b̄ is made greatest.
        case weights(outbound: Double, inbound: Double)
        /// The inbound band is k times the outbound one, b̄ = k·b (Little 1966).
        case fixedRatio(Double)
        /// b + k·b̄ is made greatest under (1 − k)·b̄ ≥ (1 − k)·k·b (Little, Kelson and Gartner 1981).
        ///
        /// The direction with less traffic, k its share of the other's, has no less than its ratio; the other has what
        /// can be had beyond that.
        case leastRatio(Double)
    }

    /// How a band deals with the queue that waits at a red before it comes.
    public enum QueueTreatment: Sendable, Equatable {
        /// The band leaves a signal earlier than it comes by the time that the queue clears in: those who waited lead it
        /// (Little, Kelson and Gartner 1981).
        ///
        /// A vehicle at its end that comes in the last of the green can then be left over.
        case bandAdvances
        /// The band comes no sooner than the queue has cleared, and leaves as it comes: nothing in it is stopped.
        case bandWaits
    }

    /// The street.
    public var arterial: Arterial
    /// Cycle times to choose from, s.
    public var cycles: ClosedRange<Double>
    /// What the two bands are worth against each other; an arterial with one direction has one band.
    public var balance: Balance
    /// How queues are dealt with.
    public var queues: QueueTreatment
    /// When the search ends before it has proved its optimum.
    public var limits: SearchLimits

    /// States a search.
    public init(
        arterial: Arterial, cycles: ClosedRange<Double>, balance: Balance = .weights(outbound: 1, inbound: 1),
        queues: QueueTreatment = .bandAdvances, limits: SearchLimits = .init()
    ) {
        self.arterial = arterial
        self.cycles = cycles
        self.balance = balance
        self.queues = queues
        self.limits = limits
    }

    /// Solves the program.
    ///
    /// - Throws: ``BandwidthError/unfit(value:expected:found:)`` for values without a meaning,
    ///   ``BandwidthError/noBands`` where no timing lets a vehicle through, ``BandwidthError/nothingFound`` where the search
    ///   ended at its limit with nothing.
    public func solve() throws(BandwidthError) -> BandSolution {
        try arterial.check()
        guard cycles.lowerBound >= 1, cycles.upperBound <= 86400 else {
            throw .unfit(
                value: "cycles", expected: "1 to 86400 s", found: "\(cycles.lowerBound) to \(cycles.upperBound)")
        }
        try checkBalance()
        let program = MaxBandProgram(self)
        switch program.program.solve(limits: limits) {
        case .optimal(let solution): return program.solution(from: solution, isProven: true)
        case .stopped(let best?, _): return program.solution(from: best, isProven: false)
        case .stopped(nil, _): throw .nothingFound
        case .infeasible, .unbounded: throw .noBands
        }
    }

    private func checkBalance() throws(BandwidthError) {
        func isShare(_ value: Double) -> Bool { (0...1e6).contains(value) }
        switch balance {
        case .weights(let outbound, let inbound):
            guard isShare(outbound), isShare(inbound), outbound + inbound > 0 else {
                throw .unfit(
                    value: "balance", expected: "weights of 0 to 1e6, one above 0", found: "\(outbound) and \(inbound)")
            }
        case .fixedRatio(let ratio), .leastRatio(let ratio):
            guard isShare(ratio) else {
                throw .unfit(value: "balance", expected: "a ratio of 0 to 1e6", found: "\(ratio)")
            }
        }
    }
}
