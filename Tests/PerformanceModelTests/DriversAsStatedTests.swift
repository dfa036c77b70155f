import PerformanceModel
import SignalModel
import TestSupport
import Testing

@Suite("Drivers and turns for the saturation flows that a network states")
struct DriversAsStatedTests {
    /// A left turn from a lane of 13.9 m/s, as it is exported.
    private func turn(stated: Double?) -> LaneConnection {
        var network = LeftTurn.network(waitingInside: 1)
        network.movements[0].connections[0].saturationFlowPerHour = stated
        let through = network.movements[1]
        let written = DriversAsStated.withTurns(of: network, leastTimeHeadway: 1)
        #expect(written.movements[1] == through)
        return written.movements[0].connections[0]
    }

    @Test(
        "Turns have the speed at which queues leave at the stated flow in SUMO",
        arguments: [
            // Speed of the turn, m/s, and headway of the queue, s, in SUMO 1.28 with τ of 1 s.
            (4.5, 3.31), (6.5, 2.67), (8, 2.33), (10.2, 2.05),
        ])
    func turns(speed: Double, headway: Double) {
        #expect(abs(turn(stated: 3600 / headway).speed / speed - 1) < 0.05)
    }

    @Test("A turn is no faster than its lane and never at rest, and stays as it is where no flow is stated")
    func limits() {
        #expect(turn(stated: 4000).speed == 13.9)
        #expect(turn(stated: 2500).speed == 13.9)
        #expect(turn(stated: 1).speed == 2)
        #expect(turn(stated: nil).speed == 8)
    }

    @Test("Only links with a stated through movement have a time headway, a longer one where less leaves")
    func headways() throws {
        var network = SmallNetwork.network
        let found = DriversAsStated.timeHeadways(of: network)
        #expect(Set(found.keys) == ["WC"])
        network.movements[0].connections[0].saturationFlowPerHour = 1500
        let slower = DriversAsStated.timeHeadways(of: network)
        // 1800 and 1500 veh/h are 2 and 2.4 s.
        #expect(abs(try #require(slower["WC"]) - #require(found["WC"]) - 0.4) < 1e-9)
        network.movements[0].connections[0].saturationFlowPerHour = nil
        #expect(DriversAsStated.timeHeadways(of: network).isEmpty)
    }
}
