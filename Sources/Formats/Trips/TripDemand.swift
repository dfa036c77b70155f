import SignalModel

/// The journeys of single vehicles, from which flows and detector counts follow.
///
/// Vehicles are taken to drive at free flow: signals and queues do not hold them up. What follows is therefore demand, not
/// what a street with these signals would carry.
public struct TripDemand: Equatable, Sendable {
    /// Journeys by start.
    public var trips: [Trip]

    /// Collects journeys.
    public init(trips: [Trip]) { self.trips = trips }

    /// End of the last whole interval that a vehicle starts in, from 0 on, s.
    public func end(intervalLength: Double) -> Double {
        Double(intervalCount(intervalLength)) * intervalLength
    }

    /// Intervals from 0 to the end of the last one that a vehicle starts in, at least 1.
    private func intervalCount(_ length: Double) -> Int {
        Int(((trips.map(\.start).max() ?? 0) / length).rounded(.down)) + 1
    }

    /// The demand of every link and movement from time 0 to the end of the last interval in which a vehicle starts.
    ///
    /// - Parameter intervalLength: Length of an interval, s.
    /// - Precondition: `intervalLength` ≥ 1, and the trips are those of the network.
    public func flows(in network: Network, intervalLength: Double = 300) -> Flows {
        precondition(intervalLength >= 1)
        let intervals = intervalCount(intervalLength)
        let perVehicle = 3600 / intervalLength
        var sources: [LinkID: [Double]] = [:]
        var movements: [Int: [Double]] = [:]
        var used = network.movements.map { Array(repeating: 0.0, count: $0.connections.count) }
        var walk = TripWalk(network: network)
        let none = Array(repeating: 0.0, count: intervals)
        for trip in trips {
            let steps = walk.steps(of: trip)
            guard let first = steps.first else { continue }
            let begin = Int(first.entry / intervalLength)
            if begin < intervals { sources[trip.route[0], default: none][begin] += perVehicle }
            for step in steps {
                guard let movement = step.movement, let connection = step.connection else { continue }
                let interval = Int(step.exit / intervalLength)
                guard interval < intervals else { continue }
                movements[movement, default: none][interval] += perVehicle
                used[movement][connection] += 1
            }
        }
        return Flows(
            start: 0, intervalLength: intervalLength, intervalCount: intervals,
            sources: network.links.compactMap { link in
                sources[link.id].map { LinkFlow(link: link.id, flowPerHour: $0) }
            },
            movements: network.movements.enumerated().map { number, movement in
                let total = used[number].reduce(0, +)
                let even = 1 / Double(max(1, movement.connections.count))
                return MovementFlow(
                    movement: movement.id, flowPerHour: movements[number] ?? none, standardErrorPerHour: none,
                    laneShares: used[number].map { total > 0 ? $0 / total : even })
            })
    }

    /// What the network's detectors would count from time 0 to the end of the last interval in which a vehicle starts.
    ///
    /// - Parameter intervalLength: Length of an interval, s.
    /// - Returns: One reading for each detector but those inside junctions, and each interval, in the order of the network's detectors.
    /// - Precondition: `intervalLength` ≥ 1, and the trips are those of the network.
    public func counts(in network: Network, intervalLength: Double = 300) -> Counts {
        precondition(intervalLength >= 1)
        let intervals = intervalCount(intervalLength)
        var detectorsOfLane: [LaneID: [Int]] = [:]
        let detectors = network.detectors.filter { $0.purpose != .inside }
        for (number, detector) in detectors.enumerated() {
            detectorsOfLane[detector.lane, default: []].append(number)
        }
        var counts = Array(repeating: Array(repeating: 0.0, count: intervals), count: detectors.count)
        var walk = TripWalk(network: network)
        for trip in trips {
            for step in walk.steps(of: trip) {
                let lanes = Set([step.entryLane, step.exitLane])
                for detector in lanes.sorted().flatMap({ detectorsOfLane[$0] ?? [] }) {
                    let place = detectors[detector]
                    let lane = place.purpose == .entry ? step.entryLane : step.exitLane
                    guard place.lane == lane else { continue }
                    let interval = Int((step.entry + place.position / step.speed) / intervalLength)
                    if interval < intervals { counts[detector][interval] += 1 }
                }
            }
        }
        var readings: [DetectorReading] = []
        for (number, detector) in detectors.enumerated() {
            for interval in 0..<intervals {
                readings.append(
                    DetectorReading(
                        detector: detector.id, start: Double(interval) * intervalLength, length: intervalLength,
                        count: counts[number][interval]))
            }
        }
        return Counts(readings: readings)
    }
}
