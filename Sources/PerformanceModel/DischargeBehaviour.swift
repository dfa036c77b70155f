import SignalModel

/// How a queue leaves over a stop line: headway, start lag and end gain.
///
/// The headway at speed v is 1 s + 0.8 (τ - 1 s) + (length + gap)/v + d(v): the time a car-following driver keeps (Gipps
/// 1981), and what the vehicles lose because a queue passes the line before it is up to speed. d was fitted to discharge in
/// SUMO 1.28: 0.45 s below 10 m/s, 0.50 s at 11.1, 0.57 s at 13.9, 0.62 s at 16.7 m/s. That is of long queues, whose vehicles
/// stop more than once; those that stop once leave up to 8 % sooner (see `Benchmarks/CAPACITY.md`). Plans that count on it were
/// no better in SUMO, so it stays in reserve.
public struct DischargeBehaviour: Sendable {
    /// Time between vehicles that leave a standing queue, s.
    public let headway: Double
    /// Time from the start of green until the queue leaves at the full rate, s.
    public let startLag: Double
    /// Time after the end of green in which the queue still leaves, s.
    public let endGain: Double

    /// Derives the behaviour on a lane connection; a saturation flow given in the network sets the headway.
    ///
    /// - Parameters:
    ///   - laneSpeed: Free-flow speed of the approach lane, m/s.
    public init(connection: LaneConnection, laneSpeed: Double, vehicles: VehicleParameters) {
        let approachSpeed = min(laneSpeed, vehicles.greatestSpeed ?? laneSpeed)
        let speed = max(1, min(approachSpeed, connection.speed))
        if let saturationFlow = connection.saturationFlowPerHour {
            headway = 3600 / saturationFlow
        } else {
            headway = Self.headway(at: speed, vehicles: vehicles)
        }
        startLag = max(0.2, 0.2 * (speed - 5))
        endGain = startLag - Self.lostPerGreen
    }

    /// What each second of τ adds to the headway of a queue.
    ///
    /// In SUMO 1.28, in greens of 10 to 60 s, from τ of 1 s to one of 1.3 to 2 s: 0.83 s at 8.3 m/s, 0.80 at 11.1, 0.70 at
    /// 13.9 and 0.80 at 15.6 m/s.
    private static let headwayPerTimeHeadway = 0.8

    /// The τ at which d was fitted, s.
    private static let usualTimeHeadway = 1.0

    /// What every green loses beside the lag that the yellow makes good, s; from discharge in SUMO 1.28 in greens of 5 to
    /// 50 s.
    public static let lostPerGreen = 0.7

    /// Saturation flow, veh/h of green.
    public var saturationFlowPerHour: Double { 3600 / headway }

    /// Headway of a queue at a speed, s.
    private static func headway(at speed: Double, vehicles: VehicleParameters) -> Double {
        let excess = vehicles.timeHeadway - usualTimeHeadway
        return usualTimeHeadway + headwayPerTimeHeadway * excess + vehicles.spacing / speed + speedLoss(at: speed)
    }

    private static func speedLoss(at speed: Double) -> Double {
        let table: [(speed: Double, loss: Double)] = [(10, 0.45), (11.1, 0.50), (13.9, 0.57), (16.7, 0.62)]
        guard speed > table[0].speed else { return table[0].loss }
        for (lower, upper) in zip(table, table.dropFirst()) where speed <= upper.speed {
            return lower.loss + (upper.loss - lower.loss) * (speed - lower.speed) / (upper.speed - lower.speed)
        }
        return table[table.count - 1].loss
    }
}
