import SignalModel

/// The cyclic flow profile and the queue of one lane group.
public struct ProfileReport: Encodable, Sendable {
    /// Junction.
    public let junction: JunctionID
    /// Link that it is at the end of.
    public let link: LinkID
    /// Its lanes.
    public let lanes: [LaneID]
    /// Common cycle, s; second 0 is network time 0.
    public let cycle: Int
    /// Delay of all its vehicles, vehicle-hours per hour.
    public let delayVehicleHoursPerHour: Double
    /// IN: flow that comes to the stop line in each second, veh/h.
    public let arrivalsPerHour: [Double]
    /// GO: flow that can leave in each second, veh/h.
    public let capacityPerHour: [Double]
    /// OUT: flow that leaves in each second, veh/h.
    public let departuresPerHour: [Double]
    /// Vehicles in queue at the end of each second, of those that fit in.
    public let queue: [Double]

    init(_ seen: CyclicView.Seen) {
        junction = seen.junction
        link = seen.profile.link
        lanes = seen.profile.lanes
        cycle = seen.cycle
        delayVehicleHoursPerHour = seen.delayRate
        arrivalsPerHour = seen.profile.arrivals.map { $0 * 3600 }
        capacityPerHour = seen.profile.capacity.map { $0 * 3600 }
        departuresPerHour = seen.profile.departures.map { $0 * 3600 }
        queue = seen.profile.queue
    }
}
