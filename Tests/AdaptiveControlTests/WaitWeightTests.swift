import Testing

@testable import AdaptiveControl

@Suite("What waits weigh")
struct WaitWeightTests {
    /// The stage that is chosen while the main road is green, by how many stand on each road and for how long the side
    /// road has waited.
    private static func stage(
        main: Int, side: Int, waited: Double, _ settings: AdaptiveSettings = AdaptiveSettings()
    ) throws -> Int {
        var horizon = try TwoRoads.horizon(settings)
        var picture = TrafficPicture(horizon.layout)
        for (lane, count) in [main, side].enumerated() {
            picture.lanes[lane] = (0..<count).map { place in
                .init(stream: lane, distance: Double(place) * 7.5, speed: 0, waited: lane == 0 ? 5 : waited)
            }
        }
        return horizon.plan(picture, current: 0, executor: TwoRoads.mainIsGreen(horizon), at: 0)
    }

    @Test("Where little waits, three who have waited long come before traffic that flows", arguments: [0.0, 90])
    func light(waited: Double) throws {
        var horizon = try TwoRoads.horizon(AdaptiveSettings())
        var picture = TrafficPicture(horizon.layout)
        picture.lanes[0] = (0..<6).map { .init(stream: 0, distance: 20 + 45 * Double($0), speed: 14) }
        picture.lanes[1] = (0..<3).map { .init(stream: 1, distance: 7.5 * Double($0), speed: 0, waited: waited) }
        let stage = horizon.plan(picture, current: 0, executor: TwoRoads.mainIsGreen(horizon), at: 0)
        #expect(stage == (waited > 0 ? 1 : 0))
    }

    @Test("Where queues stand on all roads the one that is going goes on, however long the others have waited")
    func heavy() throws {
        #expect(try Self.stage(main: 18, side: 18, waited: 100) == 0)
        // Were waits to weigh as much there, green would change to the other queue, and back, at the loss of every change.
        var settings = AdaptiveSettings()
        settings.lightWork = .infinity
        #expect(try Self.stage(main: 18, side: 18, waited: 100, settings) == 1)
    }

    @Test("A queue that has gone holds no green before another one")
    func gone() throws {
        #expect(try Self.stage(main: 0, side: 18, waited: 60) == 1)
    }
}
