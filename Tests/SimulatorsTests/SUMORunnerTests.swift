import Comparison
import Foundation
import Formats
import SignalModel
import TestSupport
import Testing

@testable import Simulators

@Suite("Runs of the real SUMO", .enabled(if: Street.isExpected, Street.absence))
struct SUMORunnerTests {
    @Test("Figures are those that SUMO itself gives")
    func figures() async throws {
        let street = try Street.ingolstadt()
        let figures = try await withFolder { try await street.runner().run(.own, seed: 3, in: $0) }
        // SUMO's own statistics of the same run.
        let scenario = street.scenario
        try await withFolder { folder in
            let result = try SUMOProgram.run(
                SUMOSimulation(
                    executable: "sumo", network: scenario.net, routes: [scenario.routes], begin: scenario.begin,
                    end: scenario.end, seed: 3, arguments: ["--statistic-output", "s.xml"]
                ).options,
                in: URL(fileURLWithPath: folder))
            try #require(result.status == 0, "\(result.output)")
            let text = try String(contentsOfFile: folder + "/s.xml", encoding: .utf8)
            func value(_ name: String, of element: String) throws -> Double {
                let start = try #require(text.range(of: "<\(element) ")).upperBound
                let from = try #require(text.range(of: "\(name)=\"", range: start..<text.endIndex)).upperBound
                return try #require(Double(text[from...].prefix { $0 != "\"" }))
            }
            let inserted = try value("inserted", of: "vehicles")
            let running = try value("running", of: "vehicles")
            #expect(figures.neverInserted == (try value("waiting", of: "vehicles")))
            #expect(figures.vehicles - (try #require(figures.neverInserted)) == inserted)
            #expect(figures.unfinished == running)
            #expect(figures.throughputPerHour == (inserted - running) * 6)
        }
        #expect(figures.delay > 5 && figures.stops > 0.2)
        #expect(try #require(figures.carbonDioxide) > 20)
        #expect(try #require(figures.worstQueue).shareOfStorage <= 1.01)
        #expect(figures.waiting == nil)
    }

    @Test("Where nobody walks in SUMO, its lamps tell what people would have waited: as the formula of the plan has it")
    func crossings() async throws {
        let folder = ProjectFolder.network("hcm").path
        let network = try JSONDocument.read(Network.self, from: folder + "/network.json").withSignalNumbers()
        let flows = try JSONDocument.read(Flows.self, from: folder + "/flows.json")
        let plan = try JSONDocument.read(Plan.self, from: folder + "/plan.json", for: network)
        let expected = try #require(PedestrianWaits(plan: plan, network: network, flows: flows).waiting)
        try await withFolder { work in
            let net = try Street.exported(network, to: work)
            try AtomicFile.write("<routes/>", to: work + "/street.rou.xml")
            let cycle = plan.junctions[0].cycle
            let runner = SUMORunner(
                installation: try await SUMOInstallation.find(),
                scenario: SUMOScenario(
                    net: net, routes: work + "/street.rou.xml", begin: 0, end: 5 * cycle),
                network: network, flows: flows)
            let program = try SUMOProgramWriter.additionalFile(for: plan, network: network)
            let waiting = try #require(try await runner.run(.programs([program]), seed: 1, in: work).waiting)
            #expect(abs(waiting.people - expected.people) < 1e-9)
            // The window cuts one red of each crossing in two, which nobody waits through whole.
            let lost = 4 * expected.mean / 5...expected.mean
            #expect(lost.contains(waiting.mean), "\(waiting.mean) for \(expected.mean)")
            #expect(abs(waiting.percentile95 - expected.percentile95) < 5)
        }
    }

    @Test("What movements lose is most of what vehicles lose, and no more")
    func movements() async throws {
        let street = try Street.ingolstadt()
        let figures = try await withFolder { try await street.runner().run(.own, seed: 1, in: $0) }
        let onMovements = figures.movements.reduce(0) { $0 + $1.vehicles * $1.delay }
        let total = figures.delay * figures.vehicles
        #expect(onMovements > 0.6 * total && onMovements < 1.05 * total, "\(onMovements) of \(total)")
        #expect(Set(figures.movements.map(\.movement)).isSubset(of: Set(street.network.movements.map(\.id))))
    }

    @Test("The same seed gives the same figures, another seed others")
    func repeatable() async throws {
        let runner = try await Street.ingolstadt().runner()
        func run(_ seed: UInt64, _ demand: SUMODemand) async throws -> RunFigures {
            try await withFolder { try await runner.run(.own, seed: seed, demand: demand, in: $0) }
        }
        let first = try await run(1, .given)
        #expect(try await run(1, .given) == first)
        #expect(try await run(2, .given) != first)
        let flows = Flows(
            start: 57600, intervalLength: 600, intervalCount: 1,
            sources: [LinkFlow(link: "104010354", flowPerHour: [300])],
            movements: [
                MovementFlow(
                    movement: "104010354>124812857#0", flowPerHour: [300], standardErrorPerHour: [0], laneShares: [1])
            ])
        for demand in [SUMODemand.redrawn(.day), .redrawn(.departures), .counted(flows)] {
            let drawn = try await run(1, demand)
            #expect(try await run(1, demand) == drawn)
            #expect(try await run(2, demand) != drawn && drawn != first)
        }
    }

    @Test("Twice the demand is twice the vehicles")
    func scale() async throws {
        let runner = try await Street.ingolstadt().runner()
        let once = try await withFolder { try await runner.run(.own, seed: 1, in: $0) }
        let twice = try await withFolder { try await runner.run(.own, seed: 1, demandScale: 2, in: $0) }
        #expect(abs(twice.vehicles - 2 * once.vehicles) <= 1)
        #expect(twice.delay > once.delay)
    }

    @Test("A plan of ours is the program that SUMO runs")
    func plan() async throws {
        let street = try Street.ingolstadt()
        let present = try #require(street.network.junctions.first?.programs.first?.plan)
        // The green of the present program stretched: another plan, other delays.
        var longer = present
        longer.cycle *= 2
        for group in longer.greens.indices {
            longer.greens[group].intervals = longer.greens[group].intervals.map {
                GreenInterval(start: 2 * $0.start, duration: 2 * $0.duration)
            }
        }
        func run(_ plan: JunctionPlan) async throws -> RunFigures {
            let text = try SUMOProgramWriter.additionalFile(
                for: Plan(network: street.network.name, name: "p", junctions: [plan]), network: street.network)
            return try await withFolder { try await street.runner().run(.programs([text]), seed: 1, in: $0) }
        }
        let own = try await withFolder { try await street.runner().run(.own, seed: 1, in: $0) }
        // Written out and read back, the present program is itself but for what a yellow is.
        let written = try await run(present)
        #expect(abs(written.delay - own.delay) < 0.1 * own.delay)
        #expect(abs(try await run(longer).delay - own.delay) > 0.01 * own.delay)
    }

    @Test("What SUMO finds wrong is said in its own words")
    func fault() async throws {
        let runner = try await Street.ingolstadt().runner()
        await #expect {
            try await withFolder { try await runner.run(.programs(["<additional><tlLogic"]), seed: 1, in: $0) }
        } throws: { error in
            guard case SimulatorError.failed("sumo", let message) = error else { return false }
            return message.hasPrefix("Error: ") && message.count > 10
        }
    }

    @Test("SUMO's scripts make programs that it loads")
    func scripts() async throws {
        let street = try Street.ingolstadt()
        let runner = try await street.runner()
        let tools = SUMOSignalTools(installation: runner.installation, scenario: street.scenario, yellow: 3)
        for product in SUMOSignalTools.Product.allCases {
            let texts = try await withFolder { try await tools.make(product, in: $0) }
            #expect(texts.count == (product == .coordinated ? 2 : 1))
            let figures = try await withFolder { try await runner.run(.programs(texts), seed: 1, in: $0) }
            #expect(figures.vehicles > 100)
        }
    }
}

@Suite("Where SUMO is looked for")
struct SUMOInstallationTests {
    @Test("A folder without SUMO is named")
    func absent() async throws {
        await #expect(throws: SimulatorError.notFound(searched: ["/nowhere"])) {
            try await SUMOInstallation.find(home: "/nowhere")
        }
    }
}
