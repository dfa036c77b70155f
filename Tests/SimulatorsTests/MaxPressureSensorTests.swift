import Testing
import TraCI

@testable import Simulators

@Suite("What max-pressure sees")
struct MaxPressureSensorTests {
    private typealias Vehicle = MaxPressureSensor.Vehicle

    private static let layout = MaxPressureSensor.Layout(
        lanesBefore: ["J": [["a_0"], ["a_1", "b_0"]], "K": [["c_0"]]], exits: ["out_0": 300], sight: 200)

    private static func vehicle(
        on lane: String, at position: Double, light: String? = nil, signal: Int = 0, distance: Double = 0
    ) -> Vehicle {
        Vehicle(
            lane: TraciID(lane), position: position,
            signal: light.map {
                TraciSignalAhead(trafficLight: TraciID($0), signal: signal, distance: distance)
            })
    }

    @Test("Vehicles count on the lanes before their next signal, those on edges before them too, as far as it is seen")
    func incoming() {
        let queues = Self.layout.queues(of: [
            Self.vehicle(on: "a_0", at: 5, light: "J", distance: 10),
            Self.vehicle(on: "before_0", at: 5, light: "J", distance: 200),
            Self.vehicle(on: "before_0", at: 4, light: "J", distance: 200.5),
            Self.vehicle(on: "a_1", at: 4, light: "J", signal: 1, distance: 50),
            Self.vehicle(on: "a_1", at: 4, light: "J", signal: 2, distance: 50),
            Self.vehicle(on: "a_1", at: 4, light: "unknown", distance: 50),
        ])
        #expect(queues == ["a_0": 2, "a_1": 1, "b_0": 1])
    }

    @Test("On lanes that lead to no signal the last part counts")
    func exits() {
        let queues = Self.layout.queues(of: [
            Self.vehicle(on: "out_0", at: 99), Self.vehicle(on: "out_0", at: 100),
            Self.vehicle(on: "out_0", at: 299, light: "K", distance: 150), Self.vehicle(on: "away_0", at: 1),
        ])
        #expect(queues == ["out_0": 2, "c_0": 1])
    }
}
