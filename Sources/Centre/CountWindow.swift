import SignalModel

/// What detectors have counted of late, in bins of ten seconds, with every second counted once.
///
/// Readings may come late, twice, out of order and in any length: each second of a detector is taken from the first
/// reading that covers it. What cannot be true is turned away and tallied.
public struct CountWindow: Sendable {
    /// What became of a reading.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// It was counted.
        case counted
        /// The detector says itself that it has no count.
        case empty
        /// Seconds of it were counted before.
        case repeated
        /// It is older than what is kept.
        case late
        /// It ends in the future.
        case early
        /// No detector of the network has the name.
        case unknown
        /// No street can have made it: not a number, negative, or more than a lane carries.
        case impossible
    }

    /// How often each verdict was given, but for `counted`.
    public struct Tally: Codable, Equatable, Sendable {
        /// Readings by verdict.
        public fileprivate(set) var empty = 0, repeated = 0, late = 0, early = 0, impossible = 0
    }

    /// Length of the bins that are kept, s: short enough to tell the turns of a shared lane apart.
    public static let binLength = 10
    /// Most vehicles that one lane can carry, veh/s, as in ``FlowEstimationSettings``.
    static let greatestFlow = 1.0
    /// By how much a detector's clock may be ahead, s.
    public static let clockTolerance = 5.0
    /// Share of a bin that must have been counted for the rest to be filled up from it.
    static let leastCoverage = 0.5

    private struct Bin {
        /// One bit for each second that was counted.
        var seconds: UInt16 = 0
        var count = 0.0
        /// Occupied seconds, and seconds in which that was measured.
        var occupied = 0.0
        var observed = 0.0
        /// Sum of speeds over vehicles, and the vehicles.
        var speeds = 0.0
        var timed = 0.0
    }

    private let detectors: [DetectorID]
    private let indexOf: [DetectorID: Int]
    private let binCount: Int
    private var bins: [Bin]
    /// Number of the last bin of the window.
    private var newest: Int?
    private var heard: [Double?]
    private var tallies: [Tally]

    /// A window over the detectors of a network.
    ///
    /// - Parameter length: How far back it reaches, s.
    public init(detectors: [DetectorID], length: Double) {
        self.detectors = detectors
        indexOf = Dictionary(uniqueKeysWithValues: detectors.enumerated().map { ($1, $0) })
        binCount = max(2, Int(length) / Self.binLength + 1)
        bins = Array(repeating: Bin(), count: detectors.count * binCount)
        heard = detectors.map { _ in nil }
        tallies = detectors.map { _ in Tally() }
    }

    /// When a detector was last heard of: the end of its newest reading, s of network time.
    public func lastHeard(_ detector: DetectorID) -> Double? { indexOf[detector].flatMap { heard[$0] } }

    /// What was turned away of a detector.
    public func tally(of detector: DetectorID) -> Tally { indexOf[detector].map { tallies[$0] } ?? Tally() }

    /// Takes a reading.
    ///
    /// - Parameter now: The time, s of network time.
    @discardableResult
    public mutating func add(_ reading: DetectorReading, at now: Double) -> Verdict {
        guard let detector = indexOf[reading.detector] else { return .unknown }
        let verdict = take(reading, of: detector, at: now)
        switch verdict {
        case .empty: tallies[detector].empty += 1
        case .repeated: tallies[detector].repeated += 1
        case .late: tallies[detector].late += 1
        case .early: tallies[detector].early += 1
        case .impossible: tallies[detector].impossible += 1
        case .counted, .unknown: break
        }
        return verdict
    }

    private mutating func take(_ reading: DetectorReading, of detector: Int, at now: Double) -> Verdict {
        guard Self.isPossible(reading), now.isFinite, abs(now) < 1e12 else { return .impossible }
        let end = reading.start + reading.length
        guard end <= now + Self.clockTolerance else { return .early }
        move(to: Int((max(now, end) / Double(Self.binLength)).rounded(.down)))
        let first = Int(reading.start.rounded(.down))
        let seconds = first..<max(first + 1, Int(end.rounded(.up)))
        guard let oldest, seconds.lowerBound >= oldest * Self.binLength else { return .late }
        guard seconds.allSatisfy({ !isCounted($0, of: detector) }) else { return .repeated }
        heard[detector] = max(heard[detector] ?? end, end)
        guard let count = reading.count else { return .empty }
        let share = 1 / Double(seconds.count)
        for second in seconds {
            let slot = slot(second / Self.binLength, of: detector)
            bins[slot].seconds |= 1 << UInt16(second % Self.binLength)
            bins[slot].count += count * share
            if let occupancy = reading.occupancy {
                bins[slot].occupied += occupancy * reading.length * share
                bins[slot].observed += reading.length * share
            }
            if let speed = reading.speed, count > 0 {
                bins[slot].speeds += speed * count * share
                bins[slot].timed += count * share
            }
        }
        return .counted
    }

    private static func isPossible(_ reading: DetectorReading) -> Bool {
        guard reading.start.isFinite, reading.start >= 0, reading.start < 1e12, reading.length.isFinite,
            reading.length > 0, reading.length <= 3600
        else { return false }
        if let count = reading.count {
            // One more, as a short reading may hold the vehicle that the next one lacks.
            guard count.isFinite, count >= 0, count <= greatestFlow * reading.length + 1 else { return false }
        }
        if let occupancy = reading.occupancy {
            guard occupancy.isFinite, (0...1).contains(occupancy) else { return false }
        }
        if let speed = reading.speed { guard speed.isFinite, (0...100).contains(speed) else { return false } }
        return true
    }

    /// What was counted from one time up to another, bin by bin, for the estimate of flows.
    ///
    /// A bin of which less than half was counted has no count.
    /// - Parameters:
    ///   - start: Start, s of network time, rounded down to a whole bin.
    ///   - end: End, s of network time, rounded down to a whole bin.
    public func counts(from start: Double, to end: Double) -> Counts {
        guard let oldest, let newest else { return Counts(readings: []) }
        let first = max(oldest, Int((start / Double(Self.binLength)).rounded(.down)))
        let last = min(newest + 1, Int((end / Double(Self.binLength)).rounded(.down)))
        guard first < last else { return Counts(readings: []) }
        return Counts(
            readings: detectors.indices.flatMap { detector in
                (first..<last).map { reading(of: detector, bin: $0) }
            })
    }

    private func reading(of detector: Int, bin number: Int) -> DetectorReading {
        let bin = bins[slot(number, of: detector)]
        let coverage = Double(bin.seconds.nonzeroBitCount) / Double(Self.binLength)
        let start = Double(number * Self.binLength)
        guard coverage >= Self.leastCoverage else {
            return DetectorReading(
                detector: detectors[detector], start: start, length: Double(Self.binLength), count: nil)
        }
        return DetectorReading(
            detector: detectors[detector], start: start, length: Double(Self.binLength), count: bin.count / coverage,
            occupancy: bin.observed > 0 ? min(1, bin.occupied / bin.observed) : nil,
            speed: bin.timed > 0 ? bin.speeds / bin.timed : nil)
    }

    private var oldest: Int? { newest.map { $0 - binCount + 1 } }

    private func slot(_ number: Int, of detector: Int) -> Int { detector * binCount + number % binCount }

    private func isCounted(_ second: Int, of detector: Int) -> Bool {
        bins[slot(second / Self.binLength, of: detector)].seconds & (1 << UInt16(second % Self.binLength)) != 0
    }

    /// Drops the bins that fall out of the window when it ends with a later one.
    private mutating func move(to number: Int) {
        guard let newest else {
            self.newest = number
            return
        }
        guard number > newest else { return }
        for fresh in max(newest + 1, number - binCount + 1)...number {
            for detector in detectors.indices { bins[slot(fresh, of: detector)] = Bin() }
        }
        self.newest = number
    }
}
