import Comparison
import ControllerLink
import Formats
import Foundation
import LiveStreet
import Logging
import SafetyGuard
import SignalModel
import Simulators
import TestSupport
import Testing

@Suite(
    "A street of controllers in the real SUMO",
    .enabled(
        if: SUMOProgram.isExpected && SharedData.isExpected, "SUMO or ../shared is not there: the test is skipped"))
struct StreetRunTests {
    /// A shared network for some minutes.
    private struct Street {
        let network: Network
        let runner: SUMORunner

        init(_ name: String, begin: Double, minutes: Double) async throws {
            let net = try SharedData.url("data/sumo/\(name)/\(name).net.xml").path
            let routes = try SharedData.url("data/sumo/\(name)/\(name).rou.xml").path
            network = try SUMONetworkReader.read(network: net, vehicleTypes: routes).network
            runner = SUMORunner(
                installation: try await SUMOInstallation.find(),
                scenario: SUMOScenario(net: net, routes: routes, begin: begin, end: begin + 60 * minutes),
                network: network)
        }

        /// What comes of controllers, under a plan where there is one.
        func live(_ plan: Plan? = nil, seed: UInt64) async throws -> (StreetRun.Outcome, PlanCentre.Tally?) {
            try await withFolder { folder in
                var log = Logger(label: "test")
                log.logLevel = .critical
                let clock = StreetClock(runner.scenario.begin)
                let centre = plan.map { PlanCentre(plan: $0, clock: clock) }
                let outcome = try await StreetRun(network: network, runner: runner, log: log)
                    .run(centre: centre.map { .own($0) } ?? .none, clock: clock, seed: seed, in: folder)
                return (outcome, await centre?.tally)
            }
        }

        /// What comes of SUMO alone.
        func alone(_ control: SUMOControl, seed: UInt64) async throws -> RunFigures {
            try await withFolder { try await runner.run(control, seed: seed, in: $0) }
        }
    }

    private static func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.path + "/greenband-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    @Test(
        "Controllers in fallback come to what SUMO comes to with the same programs",
        arguments: [("ingolstadt1", 57600.0), ("cologne8", 25200)])
    func fallback(name: String, begin: Double) async throws {
        let street = try await Street(name, begin: begin, minutes: 20)
        let (outcome, _) = try await street.live(seed: 2)
        let alone = try await street.alone(.own, seed: 2)
        #expect(outcome.figures == alone)
        #expect(outcome.seconds == [.fallback: 1200 * street.network.junctions.count])
    }

    @Test("Controllers under leases of a plan come to what SUMO comes to with the plan's program")
    func plan() async throws {
        let street = try await Street("ingolstadt1", begin: 57600, minutes: 20)
        var timing = try #require(street.network.junctions.first?.programs.first).plan
        // Another plan than the fallback's: later, and with the seconds of one stage moved to another.
        timing.offset = 31
        let plan = Plan(network: street.network.name, name: "later", junctions: [timing])
        try #require(SafetyGuard.violations(of: plan, in: street.network).isEmpty)
        let program = try SUMOProgramWriter.additionalFile(for: plan, network: street.network)
        let (outcome, tally) = try await street.live(plan, seed: 2)
        let alone = try await street.alone(.programs([program]), seed: 2)
        #expect(outcome.figures == alone)
        #expect(outcome.figures.delay != (try await street.alone(.own, seed: 2)).delay)
        #expect(outcome.seconds == [.plan: 1200])
        let heard = try #require(tally)
        #expect(heard.refusedLeases == 0 && heard.acceptedLeases >= 4)
        // One reading of every loop for ten seconds; the last ones have nobody to send them.
        let loops = street.network.detectors.count
        #expect(heard.readings >= 119 * loops && heard.readings <= 120 * loops)
        #expect(heard.vehicles > 300)
    }

    @Test("The same seed gives the same run, over sockets and all")
    func determinism() async throws {
        let street = try await Street("cologne8", begin: 25200, minutes: 5)
        var plan = Plan(network: street.network.name, name: "later", junctions: [])
        plan.junctions = try street.network.junctions.map { junction in
            var timing = try #require(junction.programs.first).plan
            timing.offset = (timing.offset + 17).truncatingRemainder(dividingBy: timing.cycle)
            return timing
        }
        let (first, _) = try await street.live(plan, seed: 5)
        let (second, _) = try await street.live(plan, seed: 5)
        #expect(first.figures == second.figures)
        #expect(first.seconds == second.seconds)
    }
}
