import SignalModel

/// Who stands inside a junction, as detectors there have said last.
public struct JunctionOccupancy: Sendable {
    private struct Sight {
        var group: SignalGroupID
        /// Start of the second that was reported last, s of network time.
        var start = Int.min
        var stands = false
    }

    private var sights: [DetectorID: Sight]
    private let creepSpeed: Double

    /// How old a reading may be to say something, s.
    static let greatestAge = 3

    /// - Parameters:
    ///   - detectors: Detectors inside the junction, each with the signal group whose way it sees.
    ///   - creepSpeed: Speed below which a vehicle counts as standing, m/s.
    public init(_ detectors: [DetectorID: SignalGroupID], creepSpeed: Double) {
        sights = detectors.mapValues { Sight(group: $0) }
        self.creepSpeed = creepSpeed
    }

    /// The detectors inside the junction.
    public var detectors: [DetectorID] { sights.keys.sorted() }

    /// Forgets what was said, as the time is another.
    public mutating func forget() { sights = sights.mapValues { Sight(group: $0.group) } }

    /// Takes the reading of one second; what is of no detector inside says nothing here.
    ///
    /// Who is there and whose speed is not measured may stand.
    public mutating func take(_ reading: DetectorReading) {
        guard let sight = sights[reading.detector], let start = Int(exactly: reading.start), reading.length == 1,
            start > sight.start, let isPresent = reading.isPresent
        else { return }
        sights[reading.detector] = Sight(
            group: sight.group, start: start, stands: isPresent && (reading.speed ?? 0) < creepSpeed)
    }

    /// Groups whose vehicles stand inside, for all that has been said of the second that starts at a time, s, or shortly
    /// before.
    public func standing(at start: Int) -> Set<SignalGroupID> {
        Set(
            sights.values.lazy.filter { $0.stands && $0.start > start - Self.greatestAge && $0.start <= start }
                .map(\.group))
    }
}
