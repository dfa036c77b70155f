import AdaptiveControl
import SignalModel

/// What detectors inside a junction have said last: whose vehicles stand there.
struct InsideMemory: Sendable {
    private struct Sight {
        var group: Int
        /// Start of the second that was reported last, s of network time.
        var start = Int.min
        var stands = false
    }

    private var sights: [DetectorID: Sight] = [:]
    private let creepSpeed: Double

    /// - Parameters:
    ///   - detectors: All detectors; those inside the junction are kept.
    ///   - creepSpeed: Speed below which a vehicle is in the way of who starts next, m/s.
    init(_ detectors: [Detector], of layout: JunctionLayout, creepSpeed: Double) {
        self.creepSpeed = creepSpeed
        for detector in detectors where detector.purpose == .inside {
            guard let group = detector.movement.flatMap(layout.group) else { continue }
            sights[detector.id] = Sight(group: group)
        }
    }

    /// The detectors inside the junction.
    var detectors: [DetectorID] { sights.keys.sorted() }

    /// Takes the reading of one second; says whether it is of one of the detectors.
    ///
    /// Who is there and whose speed is not measured may stand.
    mutating func take(_ reading: DetectorReading, start: Int) -> Bool {
        guard let sight = sights[reading.detector] else { return false }
        guard start > sight.start, let isPresent = reading.isPresent else { return true }
        sights[reading.detector]?.start = start
        sights[reading.detector]?.stands = isPresent && (reading.speed ?? 0) < creepSpeed
        return true
    }

    /// Groups whose vehicles stand inside, for all that has been said of the second that starts at a time, s, or shortly before.
    func standing(at start: Int) -> GroupSet {
        GroupSet(
            sights.values.lazy.filter { $0.stands && $0.start > start - ReadingMemory.greatestAge && $0.start <= start }
                .map(\.group))
    }
}
