import SignalModel
import Testing

@testable import PerformanceModel

@Suite("Turns that give way, against what gets through when they queue")
struct PermissiveTurnVerificationTests {
    /// A left turn against one opposing lane, both under one signal group.
    private func network(waitingInside: Int) -> Network {
        let lane = { (name: String) in Lane(id: LaneID(name), length: 150, freeFlowSpeed: 13.9) }
        let link = { (name: String, from: NodeID, to: NodeID) in
            Link(id: LinkID(name), from: from, to: to, length: 150, lanes: [lane(name + "_0")])
        }
        let connection = { (from: LaneID, to: LaneID) in
            LaneConnection(from: from, to: to, length: 15, speed: 8, saturationFlowPerHour: 1700)
        }
        return Network(
            name: "left turn",
            nodes: [Node(id: "middle", position: .init(x: 0, y: 0), control: .signals)]
                + [("west", -150.0, 0.0), ("east", 150, 0), ("north", 0, 150)].map { name, x, y in
                    Node(id: NodeID(name), position: .init(x: x, y: y), control: .boundary)
                },
            links: [
                link("in", "west", "middle"), link("against", "east", "middle"), link("up", "middle", "north"),
                link("out", "middle", "west"),
            ],
            movements: [
                Movement(
                    id: "left", node: "middle", from: "in", to: "up", turn: .left, signalGroup: "main",
                    connections: [connection("in_0", "up_0")], foes: ["through"], givesWayTo: ["through"],
                    waitingInside: waitingInside),
                Movement(
                    id: "through", node: "middle", from: "against", to: "out", turn: .through, signalGroup: "main",
                    connections: [connection("against_0", "out_0")], foes: ["left"]),
            ],
            junctions: [Junction(id: "middle", nodes: ["middle"], signalGroups: [SignalGroup(id: "main")])])
    }

    private func model(left: Double, against: Double, waitingInside: Int) -> NetworkModel {
        func flow(_ movement: MovementID, _ value: Double) -> MovementFlow {
            MovementFlow(
                movement: movement, flowPerHour: Array(repeating: value, count: 12),
                standardErrorPerHour: Array(repeating: 0, count: 12), laneShares: [1])
        }
        return NetworkModel(
            network: network(waitingInside: waitingInside),
            flows: Flows(
                start: 0, intervalLength: 300, intervalCount: 12,
                sources: [("in", left), ("against", against)].map { link, value in
                    LinkFlow(link: LinkID(link), flowPerHour: Array(repeating: value, count: 12))
                }, movements: [flow("left", left), flow("through", against)]))
    }

    private let plan = Plan(
        network: "left turn", name: "test",
        junctions: [
            JunctionPlan(
                junction: "middle", cycle: 75, offset: 0,
                // It is red until the first have come to the stop line: green without opposing traffic is capacity too.
                greens: [GroupGreens(group: "main", intervals: [GreenInterval(start: 40, duration: 35)])])
        ])

    @Test(
        "the capacity of a turn that few make is what gets through when many want to",
        arguments: [(100.0, 2), (400, 2), (700, 2), (400, 0), (700, 0)])
    func capacity(against: Double, waitingInside: Int) throws {
        let few = model(left: 12, against: against, waitingInside: waitingInside).performance(of: plan)
        let stated = try #require(few.movements.first { $0.movement == "left" }).capacityPerHour
        let many = model(left: 900, against: against, waitingInside: waitingInside)
        let left = many.evaluate(plan).balance().left
        let opposing = model(left: 0, against: against, waitingInside: waitingInside).evaluate(plan).balance().left
        let through = left - opposing
        #expect(abs(stated - through) < 0.02 * through, "\(stated) veh/h against \(through) veh/h")
        let saturated = many.performance(of: plan).movements.first { $0.movement == "left" }
        let saturation = try #require(saturated?.degreeOfSaturation)
        #expect(abs(saturation - 900 / stated) < 0.05 * 900 / stated)
    }

    @Test("Nobody turns before an opposing queue that has just got green", arguments: [0, 2])
    func opposingQueue(waitingInside: Int) throws {
        let many = model(left: 900, against: 700, waitingInside: waitingInside)
        let run = many.evaluate(plan)
        let left = try #require(many.streams.firstIndex { many.network.movements[$0.movement].id == "left" })
        func turned(_ seconds: Range<Int>) -> Double {
            // From the third cycle on there are queues on both sides.
            (2..<47).reduce(0) { sum, cycle in
                sum + seconds.reduce(0) { $0 + run.departures[left * many.stepCount + 75 * cycle + 40 + $1] }
            } / 45
        }
        // The queue goes for half a minute: its head is no easier to get before than the rest of it.
        #expect(turned(0..<2) < 1.01 * turned(10..<12), "\(turned(0..<2)) against \(turned(10..<12))")
        #expect(turned(31..<33) > 3 * turned(10..<12), "\(turned(31..<33)) against \(turned(10..<12))")
    }
}
