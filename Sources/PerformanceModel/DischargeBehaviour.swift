import SignalModel

/// How a queue leaves over a stop line: headway, start lag and end gain.
///
/// The headway at speed v is 1 s + 0.8 (τ - 1 s) + (length + gap)/v + d(v): the time a car-following driver keeps (Gipps
/// 1981), and what the vehicles lose because a queue passes the line before it is up to speed. d was fitted to discharge in
/// SUMO 1.28: 0.45 s below 10 m/s, 0.50 s at 11.1, 0.57 s at 13.9, 0.62 s at 16.7 m/s.
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

    /// The vehicles of a network with the time headway τ at which they leave a queue as its saturation flows say, in the mean
    /// over its through movements; as they are where it states none.
    public static func vehicles(of network: Network) -> VehicleParameters {
        let ofLink = timeHeadways(of: network)
        let stated = network.links.compactMap { ofLink[$0.id] }
        guard !stated.isEmpty else { return network.vehicles }
        var vehicles = network.vehicles
        vehicles.timeHeadway = stated.reduce(0, +) / Double(stated.count)
        return vehicles
    }

    /// The time headway τ, s, at which vehicles leave each link as the saturation flows of its through movements say; links
    /// without a stated one are left out.
    public static func timeHeadways(of network: Network) -> [LinkID: Double] {
        let speeds = laneSpeeds(of: network)
        let throughs = Dictionary(grouping: network.movements.filter { $0.turn == .through }, by: \.from)
        return throughs.compactMapValues { movements in
            let stated = movements.flatMap(\.connections).filter { $0.saturationFlowPerHour != nil }
            guard !stated.isEmpty else { return nil }
            let excess = stated.reduce(0) { sum, connection in
                var derived = connection
                derived.saturationFlowPerHour = nil
                let speed = speeds[connection.from] ?? connection.speed
                return sum + Self(connection: connection, laneSpeed: speed, vehicles: network.vehicles).headway
                    - Self(connection: derived, laneSpeed: speed, vehicles: network.vehicles).headway
            }
            let mean = excess / Double(stated.count)
            return max(0.1, network.vehicles.timeHeadway + mean / headwayPerTimeHeadway)
        }
    }

    /// The network with every turn of a stated saturation flow at the speed at which its queue leaves at that flow, but no faster
    /// than its lane.
    ///
    /// - Parameters:
    ///   - leastTimeHeadway: The shortest time headway τ that drivers are given, s.
    public static func withTurnsAsStated(_ network: Network, leastTimeHeadway: Double) -> Network {
        let headways = timeHeadways(of: network)
        let speeds = laneSpeeds(of: network)
        var network = network
        for number in network.movements.indices where network.movements[number].turn != .through {
            let movement = network.movements[number]
            var vehicles = network.vehicles
            vehicles.timeHeadway = max(leastTimeHeadway, headways[movement.from] ?? vehicles.timeHeadway)
            for (place, connection) in movement.connections.enumerated() {
                guard let stated = connection.saturationFlowPerHour, let speed = speeds[connection.from] else {
                    continue
                }
                network.movements[number].connections[place].speed = turnSpeed(
                    headway: 3600 / stated, laneSpeed: speed, vehicles: vehicles)
            }
        }
        return network
    }

    private static func laneSpeeds(of network: Network) -> [LaneID: Double] {
        Dictionary(
            network.links.flatMap(\.lanes).map { ($0.id, $0.freeFlowSpeed) }, uniquingKeysWith: { first, _ in first })
    }

    /// The speed of a turn at which a queue leaves at a headway, m/s, sought by halving: the headway falls with the speed.
    private static func turnSpeed(headway: Double, laneSpeed: Double, vehicles: VehicleParameters) -> Double {
        var (slow, fast) = (leastTurnSpeed, max(leastTurnSpeed, laneSpeed))
        for _ in 0..<30 {
            let speed = (slow + fast) / 2
            if self.headway(at: speed, vehicles: vehicles) > headway { slow = speed } else { fast = speed }
        }
        return fast
    }

    /// The slowest that vehicles are made to turn, m/s.
    private static let leastTurnSpeed = 2.0

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
