import PerformanceModel
import SignalModel

/// What a plan costs one lane group in the cyclic model: mean flows, and profiles that repeat with the cycle.
public struct LaneGroupReport: Encodable, Sendable {
    /// Junction.
    public let junction: JunctionID
    /// Link that it is at the end of.
    public let link: LinkID
    /// Its lanes.
    public let lanes: [LaneID]
    /// Demand, veh/h.
    public let flowPerHour: Double
    /// Capacity, veh/h.
    public let capacityPerHour: Double
    /// The same under the present plan.
    public let presentCapacityPerHour: Double?
    /// Degree of saturation x.
    public let degreeOfSaturation: Double
    /// The same under the present plan.
    public let presentDegreeOfSaturation: Double?
    /// Mean delay, s per vehicle.
    public let delay: Double
    /// The same under the present plan.
    public let presentDelay: Double?
    /// Stops per vehicle.
    public let stops: Double
    /// The same under the present plan.
    public let presentStops: Double?
    /// Longest queue of the cycle on all its lanes, of those that fit in, vehicles.
    public let longestQueue: Double
    /// The same under the present plan.
    public let presentLongestQueue: Double?
    /// Level of service (HCM 2010 exhibit 18-4).
    public let levelOfService: HCM.LevelOfService
    /// The same under the present plan.
    public let presentLevelOfService: HCM.LevelOfService?

    init(_ seen: CyclicView.Seen, present: CyclicView.Seen?) {
        junction = seen.junction
        link = seen.profile.link
        lanes = seen.profile.lanes
        flowPerHour = seen.flowPerHour
        capacityPerHour = seen.capacityPerHour
        presentCapacityPerHour = present?.capacityPerHour
        degreeOfSaturation = seen.profile.degreeOfSaturation
        presentDegreeOfSaturation = present?.profile.degreeOfSaturation
        delay = seen.delay
        presentDelay = present?.delay
        stops = seen.stops
        presentStops = present?.stops
        longestQueue = seen.profile.queue.max() ?? 0
        presentLongestQueue = present.map { $0.profile.queue.max() ?? 0 }
        levelOfService = seen.levelOfService
        presentLevelOfService = present?.levelOfService
    }

    static func all(in network: Network, _ view: CyclicView, present: CyclicView?) -> [LaneGroupReport] {
        network.links.flatMap(\.lanes).compactMap { lane in
            view.groups[lane.id].map { LaneGroupReport($0, present: present?.groups[lane.id]) }
        }
    }
}

extension CyclicView.Seen {
    private var vehicles: Double { profile.arrivals.reduce(0, +) }
    /// Mean delay, s per vehicle.
    fileprivate var delay: Double { vehicles > 0 ? profile.performance.delay / vehicles : 0 }
    fileprivate var stops: Double { vehicles > 0 ? profile.performance.stops / vehicles : 0 }
    fileprivate var levelOfService: HCM.LevelOfService {
        HCM.LevelOfService(controlDelay: delay, degreeOfSaturation: profile.degreeOfSaturation)
    }
}
