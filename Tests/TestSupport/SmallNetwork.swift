import SignalModel

/// A one-way road from W over C to E that a side road from S meets, with a crossing over the side road.
///
/// Every field that a document can have is there, but for what detectors inside junctions have beyond others.
public enum SmallNetwork {
    /// The network.
    public static var network: Network {
        var network = Network(name: "small", vehicles: VehicleParameters(greatestSpeed: 30))
        network.nodes = [("W", -100.0, 0.0), ("C", 0, 0), ("E", 100, 0), ("S", 0, -100)].map { id, x, y in
            Node(id: NodeID(id), position: Point(x: x, y: y), control: id == "C" ? .signals : .boundary)
        }
        network.links = [("WC", "W", "C"), ("SC", "S", "C"), ("CE", "C", "E")].map { id, from, to in
            Link(
                id: LinkID(id), from: NodeID(from), to: NodeID(to), length: 100,
                lanes: [Lane(id: LaneID(id + "_0"), length: 100, freeFlowSpeed: 14)],
                shape: [Point(x: 0, y: 0), Point(x: 100, y: 0)])
        }
        network.movements = [("WC", "main", "SC>CE"), ("SC", "side", "WC>CE")].enumerated().map { number, row in
            Movement(
                id: MovementID(row.0 + ">CE"), node: "C", from: LinkID(row.0), to: "CE",
                turn: number == 0 ? .through : .right, signalGroup: SignalGroupID(row.1),
                connections: [
                    LaneConnection(
                        from: LaneID(row.0 + "_0"), to: "CE_0", length: 20, speed: 10, saturationFlowPerHour: 1800,
                        saturationFlowSource: .network,
                        signalIndex: number)
                ], foes: [MovementID(row.2)], givesWayTo: number == 0 ? [] : [MovementID(row.2)])
        }
        network.junctions = [junction]
        network.detectors = [
            Detector(id: "WC in", lane: "WC_0", position: 10, purpose: .entry),
            Detector(id: "WC stop", lane: "WC_0", position: 99, purpose: .stopLine),
        ]
        return network
    }

    /// Its junction.
    public static var junction: Junction {
        var junction = Junction(
            id: "J", nodes: ["C"],
            signalGroups: [
                SignalGroup(id: "main", greatestGreen: 60), SignalGroup(id: "side"),
                SignalGroup(
                    id: "walk", kind: .pedestrian, yellow: 0,
                    crossing: Crossing(length: 7, crosses: ["SC"], signalIndices: [2])),
            ], signalCount: 3)
        junction.intergreens = [
            Intergreen(ending: "main", starting: "side", seconds: 5),
            Intergreen(ending: "side", starting: "main", seconds: 5),
        ]
        junction.permittedConflicts = [PermittedConflict(yielding: "side", priority: "walk")]
        junction.stages = [Stage(id: "1", groups: ["main"]), Stage(id: "2", groups: ["side", "walk"])]
        junction.programs = [Program(id: "day", kind: .fixed, plan: timing, sequence: ["1", "2"])]
        junction.ringBarrier = RingBarrier(
            phases: [
                RingBarrierPhase(number: 2, groups: ["main"]), RingBarrierPhase(number: 4, groups: ["side"]),
                RingBarrierPhase(number: 6, groups: []), RingBarrierPhase(number: 8, groups: ["walk"]),
            ], rings: [[[2], [4]], [[6], [8]]])
        return junction
    }

    /// The timing of its only program.
    public static var timing: JunctionPlan {
        JunctionPlan(
            junction: "J", cycle: 60, offset: 7, offsetReference: .startOfGreen("main"),
            greens: [
                GroupGreens(group: "main", intervals: [GreenInterval(start: 0, duration: 30)]),
                GroupGreens(group: "side", intervals: [GreenInterval(start: 35, duration: 20)]),
                GroupGreens(group: "walk", intervals: [GreenInterval(start: 35, duration: 10)]),
            ])
    }

    /// A plan for it.
    public static var plan: Plan {
        Plan(
            network: "small", name: "day", junctions: [timing],
            notices: [PlanNotice(kind: .stageDropped, junction: "J", groups: ["side"])])
    }

    /// Demand for it.
    public static var flows: Flows {
        Flows(
            start: 0, intervalLength: 300, intervalCount: 2,
            sources: [LinkFlow(link: "WC", flowPerHour: [300, 400]), LinkFlow(link: "SC", flowPerHour: [100, 90])],
            movements: [
                MovementFlow(
                    movement: "WC>CE", flowPerHour: [300, 400], standardErrorPerHour: [10, 12], laneShares: [1]),
                MovementFlow(
                    movement: "SC>CE", flowPerHour: [100, 90], standardErrorPerHour: [5, 5], laneShares: [1]),
            ], crossings: [CrossingFlow(junction: "J", group: "walk", flowPerHour: [50, 60])])
    }

    /// Counts of its detectors; one is missing.
    public static var counts: Counts {
        Counts(readings: [
            DetectorReading(
                detector: "WC in", start: 0, length: 300, count: 25, occupancy: 0.1, speed: 12, isPresent: true),
            DetectorReading(detector: "WC in", start: 300, length: 300, count: nil),
            DetectorReading(detector: "WC stop", start: 0, length: 300, count: 24),
        ])
    }
}
