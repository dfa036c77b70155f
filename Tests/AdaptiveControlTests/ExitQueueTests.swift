import SignalModel
import TestSupport
import Testing

@testable import AdaptiveControl

@Suite("Queues behind the junction")
struct ExitQueueTests {
    /// Two roads that cross: the main road goes on east, the side road north.
    private static var crossing: Network {
        var network = TwoRoads.network
        network.nodes.append(Node(id: "N", position: Point(x: 0, y: 100), control: .boundary))
        network.links.append(
            Link(
                id: "CN", from: "C", to: "N", length: 100,
                lanes: [Lane(id: "CN_0", length: 100, freeFlowSpeed: 14)],
                shape: [Point(x: 0, y: 0), Point(x: 0, y: 100)]))
        network.movements[1].to = "CN"
        network.movements[1].connections[0].to = "CN_0"
        return network
    }

    private static var layout: JunctionLayout {
        get throws { try JunctionLayout("J", in: crossing) }
    }

    /// The stage that is chosen while the main road is green.
    private static func stage(main: Int, side: Int, behindMain queue: TrafficPicture.Exit?) throws -> Int {
        let layout = try layout
        let table = try StageTable(crossing.junctions[0], layout: layout, choice: .ownStages)
        var horizon = RollingHorizon(layout: layout, table: table, settings: AdaptiveSettings())
        var picture = TrafficPicture(layout)
        for (lane, count) in [main, side].enumerated() {
            picture.lanes[lane] = (0..<count).map { place in
                .init(stream: lane, distance: Double(place) * 7.5, speed: 0)
            }
        }
        picture.exits[layout.streams[0].exits[0]] = queue
        return horizon.plan(picture, current: 0, executor: TwoRoads.mainIsGreen(horizon), at: 0)
    }

    @Test("Who can only stand behind the junction waits for those who can go on")
    func pressure() throws {
        let places = 100 / (try Self.layout).spacing
        let (free, standing) = (14.0, 0.0)
        #expect(try Self.stage(main: 8, side: 6, behindMain: nil) == 0)
        #expect(try Self.stage(main: 8, side: 6, behindMain: .init(vehicles: places * 0.55, meanSpeed: free)) == 0)
        // Too short a queue for the exit to count as full: what counts is that it is there.
        #expect(try Self.stage(main: 8, side: 6, behindMain: .init(vehicles: places * 0.55, meanSpeed: standing)) == 1)
        #expect(try Self.stage(main: 8, side: 6, behindMain: .init(vehicles: places, meanSpeed: standing)) == 1)
    }

    @Test("A full exit closes no road that nobody else asks to cross")
    func alone() throws {
        let layout = try Self.layout
        let full = TrafficPicture.Exit(vehicles: 100 / layout.spacing, meanSpeed: 0)
        #expect(try Self.stage(main: 8, side: 0, behindMain: full) == 0)
    }

    @Test("Loops tell how far a queue in an exit reaches, and that one moves up does not hide it")
    func loops() throws {
        var network = Self.crossing
        network.detectors = [("near", 95.0), ("middle", 50), ("far", 10)].map { name, position in
            Detector(id: DetectorID(name), lane: "CE_0", position: position, purpose: .control)
        }
        let layout = try JunctionLayout("J", in: network)
        let plan = LoopDetectorPlan(detectorsOf: network, for: [layout])
        let number = { (name: String) in plan.loops.firstIndex { $0.id.text == name }! }
        let exit = layout.streams[0].exits[0]
        let places = 100 / layout.spacing
        var estimator = LoopEstimator(layout, plan: plan, junction: 0, settings: AdaptiveSettings())
        func watch(_ covered: [String], seconds: Int, movingUp: Int = 0) -> TrafficPicture.Exit? {
            var seen: TrafficPicture.Exit?
            for second in 0..<seconds {
                var readings: [LoopReading?] = Array(
                    repeating: LoopReading(passed: 0, isCovered: false, isOccupied: false), count: plan.loops.count)
                for name in covered where movingUp == 0 || second % movingUp > 0 {
                    readings[number(name)] = LoopReading(passed: 0, isCovered: true, isOccupied: true)
                }
                seen = estimator.observe(readings, aspects: [.green, .red]).exits[exit]
            }
            return seen
        }
        #expect(watch([], seconds: 5) == nil)
        let half = try #require(watch(["near", "middle"], seconds: 20))
        #expect(abs(half.vehicles - places / 2) < 0.01 && half.meanSpeed == 0)
        let full = try #require(watch(["near", "middle", "far"], seconds: 21, movingUp: 3))
        #expect(full.vehicles > 0.9 * places)
        let gone = try #require(watch([], seconds: 30))
        #expect(gone.vehicles < 0.01 * places)
    }
}
