import Formats
import Foundation
import SignalModel
import Simulators
import TestSupport
import Testing

@Suite(
    "Adaptive control in the real SUMO",
    .enabled(
        if: SUMOProgram.isExpected && SharedData.isExpected, "SUMO or ../shared is not there: the test is skipped"))
struct AdaptiveRunTests {
    /// Mean total delay, s per vehicle, of a quarter of an hour, and what the control did.
    private static func run(_ sensing: AdaptiveSensing) async throws -> (AdaptiveRun.Outcome, delay: Double) {
        let source = try SharedData.url("data/sumo/ingolstadt1").path
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("greenband-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let trips = folder.appendingPathComponent("trips.xml").path
        let simulation = SUMOSimulation(
            executable: try #require(SUMOProgram.binary, "SUMO is not installed"),
            network: "\(source)/ingolstadt1.net.xml", routes: ["\(source)/ingolstadt1.rou.xml"], begin: 57600,
            end: 58500, seed: 1,
            arguments: [
                "--tripinfo-output", trips, "--tripinfo-output.write-unfinished", "--tripinfo-output.write-undeparted",
            ])
        let network = try SUMONetworkReader.read(
            network: simulation.network, vehicleTypes: simulation.routes[0]
        ).network
        let outcome = try await AdaptiveRun(network: network, sensing: sensing).run(simulation, in: folder.path)
        return (outcome, try MaxPressureTrips(path: trips).meanTotalDelay)
    }

    @Test("With any detectors it keeps every rule and beats the best peer's 13 s", arguments: AdaptiveSensing.allCases)
    func delay(sensing: AdaptiveSensing) async throws {
        let (outcome, delay) = try await Self.run(sensing)
        #expect(outcome.junctions.count == 1)
        #expect(outcome.uncontrolled.isEmpty)
        #expect(outcome.decisionCount == 900)
        #expect(outcome.violations == [])
        // Lefts that wait inside are still there now and then when others could start.
        #expect((1...180).contains(outcome.heldCount), "\(outcome.heldCount)")
        #expect(delay > 4)
        #expect(delay < (sensing == .loops ? 16 : 13))
    }

    @Test("The same seed gives the same run")
    func determinism() async throws {
        let first = try await Self.run(.laneAreas)
        let second = try await Self.run(.laneAreas)
        #expect(first.delay == second.delay)
    }
}
