import PerformanceModel
import SignalModel

/// The smallest network: one approach, of one lane where nothing else is said, one signal group, one exit.
enum OneApproach {
    static func network(
        lanes: Int = 1, length: Double = 1000, speed: Double = 20, saturationFlowPerHour: Double
    ) -> Network {
        let all = { (link: String) in
            (0..<lanes).map { Lane(id: LaneID("\(link)_\($0)"), length: length, freeFlowSpeed: speed) }
        }
        return Network(
            name: "one approach",
            nodes: [
                Node(id: "west", position: .init(x: 0, y: 0), control: .boundary),
                Node(id: "middle", position: .init(x: length, y: 0), control: .signals),
                Node(id: "east", position: .init(x: 2 * length, y: 0), control: .boundary),
            ],
            links: [
                Link(id: "in", from: "west", to: "middle", length: length, lanes: all("in")),
                Link(id: "out", from: "middle", to: "east", length: length, lanes: all("out")),
            ],
            movements: [
                Movement(
                    id: "in>out", node: "middle", from: "in", to: "out", turn: .through, signalGroup: "through",
                    connections: (0..<lanes).map {
                        LaneConnection(
                            from: LaneID("in_\($0)"), to: LaneID("out_\($0)"), length: 10, speed: speed,
                            saturationFlowPerHour: saturationFlowPerHour)
                    })
            ],
            junctions: [
                Junction(id: "middle", nodes: ["middle"], signalGroups: [SignalGroup(id: "through")])
            ])
    }

    /// Flow on the approach by interval, veh/h.
    static func flows(_ flowPerHour: [Double], intervalLength: Double, lanes: Int = 1) -> Flows {
        Flows(
            start: 0, intervalLength: intervalLength, intervalCount: flowPerHour.count,
            sources: [LinkFlow(link: "in", flowPerHour: flowPerHour)],
            movements: [
                MovementFlow(
                    movement: "in>out", flowPerHour: flowPerHour,
                    standardErrorPerHour: flowPerHour.map { _ in 0 },
                    laneShares: Array(repeating: 1 / Double(lanes), count: lanes))
            ])
    }

    /// A plan with a green that is as long, in effect, as it says.
    static func plan(cycle: Double, start: Double, green: Double) -> JunctionPlan {
        let displayed = green + DischargeBehaviour.lostPerGreen
        return JunctionPlan(
            junction: "middle", cycle: cycle, offset: 0,
            greens: [GroupGreens(group: "through", intervals: [GreenInterval(start: start, duration: displayed)])])
    }

    /// Settings under which nothing but the uniform and the overflow delay counts.
    static var queueOnly: ModelSettings {
        var settings = ModelSettings()
        settings.randomness = 0
        settings.gapRandomness = 0
        settings.lossPerStop = 0
        settings.dispersion = 0
        return settings
    }

    static func run(_ model: NetworkModel, _ plan: JunctionPlan) -> NetworkRun {
        let greens = GreenTable(model: model)
        greens.set(plan, at: 0)
        return NetworkSimulator(model: model).run(greens)
    }
}
