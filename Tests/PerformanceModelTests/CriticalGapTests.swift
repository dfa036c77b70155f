import SignalModel
import Testing

@testable import PerformanceModel

@Suite("Critical gaps by the paths over a junction")
struct CriticalGapTests {
    /// A turn whose critical gap was measured in SUMO 1.28, by what goes through against random traffic of several flows.
    struct Turn: Sendable {
        var name: String
        /// Lengths of the paths of the turn and of its foe, m, and the foe's speed, m/s.
        var path: Double
        var foe: Double
        var foeSpeed: Double
        var waitingInside: Int
        var measured: Double
    }

    private static let turns = [
        Turn(
            name: "Cologne, 186623965#15", path: 26.5, foe: 25.3, foeSpeed: 13.9, waitingInside: 2, measured: 7.8),
        Turn(name: "Cologne, 133081985#1", path: 14.9, foe: 15.2, foeSpeed: 13.9, waitingInside: 1, measured: 6.3),
        Turn(name: "Cologne, 186623965#9", path: 17.6, foe: 15.2, foeSpeed: 13.9, waitingInside: 1, measured: 6.7),
        Turn(
            name: "Ingolstadt, 201963537#1", path: 26.1, foe: 17, foeSpeed: 13.9, waitingInside: 2, measured: 6.9),
        Turn(name: "grid, A1A0", path: 29.9, foe: 27.4, foeSpeed: 13.9, waitingInside: 3, measured: 7.3),
    ]

    @Test("The gap is near the measured one", arguments: turns)
    func near(turn: Turn) {
        func movement(_ id: MovementID, length: Double, speed: Double, waitingInside: Int = 0) -> Movement {
            Movement(
                id: id, node: "J", from: "in", to: "out", turn: .left, signalGroup: "A",
                connections: [LaneConnection(from: "in_0", to: "out_0", length: length, speed: speed)],
                waitingInside: waitingInside)
        }
        let found = CriticalGap.of(
            movement("turn", length: turn.path, speed: 10, waitingInside: turn.waitingInside),
            against: [movement("foe", length: turn.foe, speed: turn.foeSpeed)], vehicles: VehicleParameters())
        #expect(abs(found - turn.measured) < 0.3, "\(turn.name): \(found)")
    }
}
