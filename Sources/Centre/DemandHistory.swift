import SignalModel

/// The demand of days before, by movement and time of day: what to expect where nothing is counted.
///
/// Each slot of a day keeps a mean and a variance that forget exponentially (West 1979, with a constant weight).
public struct DemandHistory: Codable, Equatable, Sendable {
    /// Length of a slot, s.
    public static let slotLength = 900.0
    /// Weight of a new day.
    static let weight = 0.3
    /// Least spread from day to day, as a share of the mean.
    static let leastSpread = 0.2

    private struct Slot: Codable, Equatable {
        var mean: Double
        var variance: Double
        var days: Int
    }

    private var slots: [MovementID: [Int: Slot]] = [:]

    /// Knows nothing.
    public init() {}

    /// The slot of a time, s of local time.
    static func slot(at time: Double) -> Int {
        let day = 86400.0
        let second = time - (time / day).rounded(.down) * day
        return Int(second / slotLength)
    }

    /// Learns what was measured.
    ///
    /// - Parameters:
    ///   - perHour: Flow, veh/h.
    ///   - time: When, s of local time.
    public mutating func learn(_ perHour: Double, of movement: MovementID, at time: Double) {
        guard perHour.isFinite, perHour >= 0 else { return }
        let number = Self.slot(at: time)
        guard var slot = slots[movement]?[number] else {
            slots[movement, default: [:]][number] = Slot(mean: perHour, variance: 0, days: 1)
            return
        }
        let difference = perHour - slot.mean
        slot.mean += Self.weight * difference
        slot.variance = (1 - Self.weight) * (slot.variance + Self.weight * difference * difference)
        slot.days += 1
        slots[movement]?[number] = slot
    }

    /// The flow to be expected with its standard error, veh/h; nil where nothing was learned of the time of day.
    ///
    /// - Parameter time: When, s of local time.
    public func expected(of movement: MovementID, at time: Double) -> (perHour: Double, standardError: Double)? {
        guard let slot = slots[movement]?[Self.slot(at: time)] else { return nil }
        let spread = max(slot.variance.squareRoot(), Self.leastSpread * slot.mean, 10)
        return (slot.mean, slot.days < 3 ? 2 * spread : spread)
    }
}
