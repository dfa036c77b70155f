import Formats
import PerformanceModel
import SignalModel
import Simulators
import TestSupport
import Testing

@Suite(
    "Queues in SUMO leave at the saturation flows that a network states",
    .enabled(if: SUMOProgram.isExpected, SUMOProgram.absence))
struct DriversAsStatedTests {
    @Test(
        "What passes in an hour is saturation flow times the share of green",
        arguments: [
            ("NB through", "south_J", 0.05), ("SB through", "north_J", 0.05),
            // Two lanes of different saturation flows, and a start and an end to lose in shorter greens.
            ("EB through", "west_J", 0.1), ("WB through", "east_J", 0.1),
        ])
    func discharge(movement: MovementID, approach: LinkID, doubt: Double) async throws {
        let folder = ProjectFolder.network("hcm").path
        let network = try JSONDocument.read(Network.self, from: folder + "/network.json").withSignalNumbers()
        let plan = try JSONDocument.read(Plan.self, from: folder + "/plan.json", for: network).junctions[0]
        let queue = try #require(network.movements.first { $0.id == movement })
        let stated = try queue.connections.reduce(0) { try $0 + #require($1.saturationFlowPerHour) }
        let green = try #require(plan.greens.first { $0.group == queue.signalGroup }).intervals.reduce(0) {
            $0 + $1.duration
        }
        let expected = stated * Double(green) / Double(plan.cycle)
        // Little more than can leave: in queues that stop again and again vehicles stand farther apart.
        let demand = 1.05 * expected
        let flows = Flows(
            start: 0, intervalLength: 3600, intervalCount: 1,
            sources: [LinkFlow(link: approach, flowPerHour: [demand])],
            movements: [
                MovementFlow(
                    movement: movement, flowPerHour: [demand], standardErrorPerHour: [0],
                    laneShares: queue.connections.map { _ in 1 / Double(queue.connections.count) })
            ])
        try await withFolder { work in
            let net = try Street.exported(
                DriversAsStated.withTurns(of: network, leastTimeHeadway: SUMORoutesWriter.leastTimeHeadway), to: work)
            let runner = SUMORunner(
                installation: try await SUMOInstallation.find(),
                scenario: SUMOScenario(net: net, routes: "", begin: 0, end: 3600), network: network, flows: flows)
            let program = try SUMOProgramWriter.additionalFile(
                for: Plan(network: network.name, name: "p", junctions: [plan]), network: network)
            let figures = try await runner.run(.programs([program]), seed: 1, demand: .counted(flows), in: work)
            let passed = try #require(figures.throughputPerHour)
            #expect(abs(passed / expected - 1) < doubt, "\(passed) for \(expected) veh/h")
        }
    }
}
