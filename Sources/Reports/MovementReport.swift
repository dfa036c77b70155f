import PerformanceModel
import SignalModel

/// What a plan costs one movement.
public struct MovementReport: Encodable, Sendable {
    /// Movement.
    public let movement: MovementID
    /// Junction whose node it passes; nil where no signal rules the node.
    public let junction: JunctionID?
    /// Link that it comes from.
    public let approach: LinkID
    /// Link that it goes to.
    public let to: LinkID
    /// Which way it turns.
    public let turn: Turn
    /// Signal group that rules it; nil where none does.
    public let signalGroup: SignalGroupID?
    /// Vehicles that reached the queue in the analysis period.
    public let vehicles: Double
    /// The same under the present plan.
    public let presentVehicles: Double?
    /// Demand, mean of the analysis period, veh/h.
    public let flowPerHour: Double
    /// Mean capacity in the analysis period, of a shared lane the movement's part, veh/h.
    public let capacityPerHour: Double
    /// Degree of saturation x; nil where there is no capacity.
    public let degreeOfSaturation: Double?
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
    /// Level of service from delay and x (HCM 2010 exhibit 18-4); nil where no signal rules the movement.
    public let levelOfService: HCM.LevelOfService?
    /// The same under the present plan.
    public let presentLevelOfService: HCM.LevelOfService?
    /// Longest queue on one of its lanes, with the other movements there, vehicles.
    public let longestQueue: Double
    /// The same under the present plan.
    public let presentLongestQueue: Double?

    init(
        _ movement: Movement, junction: JunctionID?, _ figures: NetworkPerformance.MovementFigures,
        present: NetworkPerformance.MovementFigures?
    ) {
        self.movement = movement.id
        self.junction = junction
        approach = movement.from
        to = movement.to
        turn = movement.turn
        signalGroup = movement.signalGroup
        vehicles = figures.vehicles
        presentVehicles = present?.vehicles
        flowPerHour = figures.flowPerHour
        capacityPerHour = figures.capacityPerHour
        degreeOfSaturation = figures.degreeOfSaturation
        presentDegreeOfSaturation = present?.degreeOfSaturation
        delay = figures.delay
        presentDelay = present?.delay
        stops = figures.stops
        presentStops = present?.stops
        levelOfService = junction == nil ? nil : figures.levelOfService
        presentLevelOfService = junction == nil ? nil : present?.levelOfService
        longestQueue = figures.longestQueue
        presentLongestQueue = present?.longestQueue
    }

    /// Movements that have traffic under the plan.
    static func all(
        in network: Network, _ figures: NetworkPerformance, present: NetworkPerformance?
    ) -> [MovementReport] {
        let index = NetworkIndex(network)
        let before = Dictionary(
            (present?.movements ?? []).map { ($0.movement, $0) }, uniquingKeysWith: { first, _ in first })
        return figures.movements.compactMap { row in
            guard let position = index.movements[row.movement] else { return nil }
            let movement = network.movements[position]
            let junction = index.junctionOfNode[movement.node].map { network.junctions[$0].id }
            return MovementReport(movement, junction: junction, row, present: before[row.movement])
        }
    }
}
