import SignalModel
import TestSupport
import Testing

@testable import AdaptiveControl

@Suite("Vehicles that stand inside the junction when their green is over")
struct OccupiedJunctionTests {
    private static let settings = AdaptiveSettings()

    /// The seconds of the side road's first green and of the decisions that waited, when the main road is left for it and its
    /// vehicles stand inside for some seconds after its green.
    private static func change(occupied: Int) throws -> (start: Int, ended: Int, held: [Int]) {
        var controller = try JunctionController(
            TwoRoads.network.junctions[0], in: TwoRoads.network, settings: settings, time: 0)
        let layout = controller.layout
        let side = try #require(layout.lanes.firstIndex { $0.id == "SC_0" })
        let main = 1 - side
        let (sideStream, mainStream) = (layout.lanes[side].streams[0], layout.lanes[main].streams[0])
        let (sideGroup, mainGroup) = (layout.streams[sideStream].group, layout.streams[mainStream].group)
        var ended: Int?
        var held: [Int] = []
        for time in 0..<120 {
            var picture = TrafficPicture(layout)
            // The main road has had its green for long when somebody comes to the side road.
            let (lane, stream) = time < 30 ? (main, mainStream) : (side, sideStream)
            picture.lanes[lane] = [.init(stream: stream, distance: 0, speed: 0)]
            if time >= 25, time - (ended ?? time) < occupied { picture.inside.insert(mainGroup) }
            let decision = controller.decide(picture, at: time)
            if decision.reason == .junctionOccupied { held.append(time) }
            if time >= 30, ended == nil, !controller.executor.green.contains(mainGroup) { ended = time }
            if controller.executor.green.contains(sideGroup), time >= 30 { return (time, ended ?? time, held) }
        }
        Issue.record("the side road has no green")
        return (0, 0, [])
    }

    @Test("Others start when these are gone, and at once where nobody is there")
    func waits() throws {
        let free = try Self.change(occupied: 0)
        #expect(free.start - free.ended == 5)
        #expect(free.held == [])
        let occupied = try Self.change(occupied: 9)
        #expect(occupied.start - occupied.ended == 9)
        #expect(!occupied.held.isEmpty)
    }

    @Test("Who does not move is not waited for without end")
    func limit() throws {
        let stuck = try Self.change(occupied: 100)
        #expect(stuck.start - stuck.ended == Self.settings.holdTime + 1)
    }

    @Test("Only those are held whose way is crossed, and only by vehicles whose green is over")
    func held() throws {
        // The side road crosses the main one; the people who walk beside the main road do not.
        let (main, side) = (GroupSet([0]), GroupSet([1]))
        var executor = StageExecutor(rules: try ControlRules(SmallNetwork.junction), time: -30)
        for time in -30..<0 { executor.advance(wanted: main, at: time) }
        #expect(executor.green == main)
        #expect(executor.held(by: main, at: 0, for: 10) == GroupSet())
        executor.advance(wanted: GroupSet(), at: 0)
        #expect(executor.held(by: main, at: 1, for: 10) == side)
        #expect(executor.held(by: side, at: 1, for: 10) == GroupSet())
        #expect(executor.held(by: main, at: 10, for: 10) == side)
        #expect(executor.held(by: main, at: 11, for: 10) == GroupSet())
    }
}
