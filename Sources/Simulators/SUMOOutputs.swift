import Comparison
import Formats
import SignalModel

/// The files in which a run of SUMO says what it came to.
struct SUMOOutputs {
    /// Folder of the files.
    let folder: String

    private var trips: String { folder + "/trips.xml" }
    private var ways: String { folder + "/ways.xml" }
    private var detectors: String { folder + "/detectors.add.xml" }
    private var queues: String { folder + "/queues.xml" }
    private var emissions: String { folder + "/emissions.xml" }
    private var lamps: String { folder + "/lamps.xml" }
    private var recorder: String { folder + "/lamps.add.xml" }

    /// Writes the additional files that ask for queues, emissions and the lamps of crossings.
    ///
    /// - Returns: Options that have SUMO write all files, and the additional files.
    func prepare(
        for network: Network, _ crossings: CrossingLamps
    ) throws(FormatError) -> (options: [String], additional: [String]) {
        try AtomicFile.write(
            SUMOLaneQueues.additionalFile(for: network, queues: queues, emissions: emissions), to: detectors)
        let options = [
            "--tripinfo-output", trips, "--tripinfo-output.write-unfinished", "--tripinfo-output.write-undeparted",
            "--vehroute-output", ways, "--vehroute-output.exit-times", "--vehroute-output.write-unfinished",
        ]
        guard !crossings.junctions.isEmpty else { return (options, [detectors]) }
        try AtomicFile.write(SUMOLampStates.additionalFile(for: crossings.junctions, states: lamps), to: recorder)
        return (options, [detectors, recorder])
    }

    /// Keeps SUMO's own account of every vehicle's trip.
    func keepTrips(at path: String) throws(FormatError) { try AtomicFile.write(TextFile.read(trips), to: path) }

    /// Reads what SUMO wrote.
    ///
    /// - Parameter flows: How many people were counted at the crossings, where somebody counted.
    func figures(
        in street: SUMOStreet, _ crossings: CrossingLamps, flows: Flows?, begin: Double, end: Double
    ) throws(FormatError) -> RunFigures {
        let trips = try SUMOTripInformation.read(trips)
        let vehicles = Double(trips.vehicles.count)
        let each = max(1, vehicles)
        let delays = trips.vehicles.map { $0.timeLoss + $0.departureDelay }
        let sorted = delays.sorted()
        let total = delays.reduce(0, +)
        let arrived = trips.vehicles.filter(\.hasArrived)
        let queues = try SUMOLaneQueues.readQueues(queues).compactMap { lane, longest in
            street.laneLengths[lane].map { (lane: lane, share: max(0, longest) / $0) }
        }
        let lamps = try crossings.junctions.isEmpty ? [:] : crossings.read(lamps, begin: begin, end: end)
        let fullest = queues.max { ($0.share, $1.lane) < ($1.share, $0.lane) }
        return RunFigures(
            vehicles: vehicles, neverInserted: Double(trips.vehicles.count { !$0.isInserted }),
            unfinished: Double(trips.vehicles.count { $0.isInserted && !$0.hasArrived }), delay: total / each,
            delayPercentile95: sorted.isEmpty ? nil : sorted[Int((0.95 * Double(sorted.count)).rounded(.up)) - 1],
            greatestDelay: sorted.last,
            stops: trips.vehicles.reduce(0) { $0 + $1.stops } / each,
            throughputPerHour: Double(arrived.count) / ((end - begin) / 3600),
            carbonDioxide: try SUMOLaneQueues.readCarbonDioxide(emissions) / each,
            delayOfRESCO: Self.delayOfRESCO(trips.vehicles, end: end),
            worstQueue: fullest.flatMap { $0.share > 0 ? .init(lane: $0.lane, shareOfStorage: $0.share) : nil },
            waiting: Self.waiting(trips.timeLossOnFoot) ?? PedestrianWaits(lamps, flows: flows).waiting,
            movements: street.turns(of: try SUMOVehicleWays.read(ways), trips: trips, end: end))
    }

    /// Time lost and departure delay of those that arrived, and the rest of the window of all scheduled later than the last
    /// of them to depart.
    ///
    /// RESCO's way of counting (Ault and Sharon 2021, its own evaluation): who is on the way at the end counts only when
    /// scheduled after the last that arrived, and then as if never inserted.
    private static func delayOfRESCO(_ vehicles: [SUMOTripInformation.Vehicle], end: Double) -> Double? {
        let arrived = vehicles.filter(\.hasArrived)
        guard let last = arrived.map({ $0.scheduled + $0.departureDelay }).max(),
            let lastScheduled = arrived.last(where: { $0.scheduled + $0.departureDelay == last })?.scheduled
        else { return nil }
        let scheduled = vehicles.map { $0.isInserted ? $0.scheduled : end - $0.departureDelay }
        let late = scheduled.filter { $0 > lastScheduled }
        let lost = arrived.reduce(0) { $0 + $1.timeLoss + $1.departureDelay } + late.reduce(0) { $0 + end - $1 }
        return lost / Double(arrived.count + late.count)
    }

    private static func waiting(_ lost: [Double]) -> RunFigures.Waiting? {
        guard !lost.isEmpty else { return nil }
        let sorted = lost.sorted()
        let position = Int((0.95 * Double(sorted.count)).rounded(.up)) - 1
        return .init(
            people: Double(sorted.count), mean: sorted.reduce(0, +) / Double(sorted.count),
            percentile95: sorted[max(0, position)])
    }
}
