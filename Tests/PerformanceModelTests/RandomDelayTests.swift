import SignalModel
import Testing

@testable import PerformanceModel

@Suite("Random delay")
struct RandomDelayTests {
    /// Mean delay of a movement in a run, s.
    private func delay(of movement: MovementID, _ model: NetworkModel, _ plan: Plan) throws -> Double {
        try #require(model.performance(of: plan).movements.first { $0.movement == movement }).delay
    }

    /// T/4 ((x - 1) + √((x - 1)² + 8·k·I·x/(cT))) less its deterministic part, with the period T of counts of five minutes.
    private func formula(demandPerHour: Double, capacityPerHour: Double, randomness: Double) -> Double {
        let excess = demandPerHour / capacityPerHour - 1
        let vehicles = capacityPerHour * 300 / 3600
        let spread = 8 * randomness * (excess + 1) / vehicles
        return 300.0 / 4 * ((excess * excess + spread).squareRoot() - abs(excess))
    }

    @Test(
        "a lane that waits for gaps delays as HCM 2010 equation 19-64 says of its capacity, whatever place is inside",
        arguments: [(60.0, 400.0, 1), (120, 400, 1), (150, 400, 2), (60, 700, 2)])
    func gaps(left: Double, against: Double, waitingInside: Int) throws {
        func model(_ settings: ModelSettings) -> NetworkModel {
            LeftTurn.model(left: left, against: against, waitingInside: waitingInside, settings: settings)
        }
        var settings = ModelSettings()
        settings.randomness = 0
        let random = try delay(of: "left", model(settings), LeftTurn.plan)
        settings.gapRandomness = 0
        let certain = try delay(of: "left", model(settings), LeftTurn.plan)
        let figures = model(settings).performance(of: LeftTurn.plan).movements.first { $0.movement == "left" }
        let capacity = try #require(figures).capacityPerHour
        let expected = formula(demandPerHour: left, capacityPerHour: capacity, randomness: 1)
        #expect(abs(random - certain - expected) < 0.15 * expected, "\(random - certain) s for \(expected) s")
    }

    @Test("green before anybody can come is no capacity of a turn that gives way")
    func beforeAnybody() throws {
        func capacity(offset: Double) throws -> Double {
            let model = LeftTurn.model(left: 100, against: 700, waitingInside: 1, intervals: 3)
            var plan = LeftTurn.plan
            plan.junctions[0].offset = offset
            return try #require(model.performance(of: plan).movements.first { $0.movement == "left" }).capacityPerHour
        }
        // With an offset of 35 s the first green begins at 0, 11 s before the first vehicles are there.
        let (late, early) = (try capacity(offset: 0), try capacity(offset: 35))
        #expect(abs(early - late) < 0.15 * late, "\(early) against \(late) veh/h")
    }

    @Test("who chooses between lanes is delayed as by one lane with the capacity of all", arguments: [300.0, 600, 760])
    func lanes(flow: Double) throws {
        func random(lanes: Int, flow: Double, saturation: Double) throws -> Double {
            let network = OneApproach.network(lanes: lanes, saturationFlowPerHour: saturation)
            let flows = OneApproach.flows([flow, flow], intervalLength: 300, lanes: lanes)
            let plan = Plan(
                network: network.name, name: "test",
                junctions: [OneApproach.plan(cycle: 60, start: 0, green: 30)])
            var settings = OneApproach.queueOnly
            let certain = try delay(
                of: "in>out", NetworkModel(network: network, flows: flows, settings: settings), plan)
            settings.randomness = 0.5
            return try delay(of: "in>out", NetworkModel(network: network, flows: flows, settings: settings), plan)
                - certain
        }
        let two = try random(lanes: 2, flow: 2 * flow, saturation: 1700)
        let one = try random(lanes: 1, flow: 2 * flow, saturation: 3400)
        let alone = try random(lanes: 1, flow: flow, saturation: 1700)
        #expect(abs(two - one) < 0.02 * one, "\(two) against \(one) s")
        #expect(two < 0.8 * alone)
    }
}
