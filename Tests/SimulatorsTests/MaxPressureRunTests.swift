import Foundation
import Simulators
import TestSupport
import Testing

@Suite(
    "Max-pressure in the real SUMO",
    .enabled(
        if: SUMOProgram.isExpected && SharedData.isExpected, "SUMO or ../shared is not there: the test is skipped"))
struct MaxPressureRunTests {
    /// A run of a shared network with its trips written to a file of its own.
    private static func simulation(_ name: String, begin: Double, seed: Int, trips: String) throws -> SUMOSimulation {
        let source = try SharedData.url("data/sumo/\(name)").path
        return SUMOSimulation(
            executable: try #require(SUMOProgram.binary, "SUMO is not installed"),
            network: "\(source)/\(name).net.xml", routes: ["\(source)/\(name).rou.xml"], begin: begin,
            end: begin + 3600, seed: seed,
            arguments: [
                "--tripinfo-output", trips, "--tripinfo-output.write-unfinished", "--tripinfo-output.write-undeparted",
            ])
    }

    private static func run(_ name: String, begin: Double, seed: Int) async throws -> (
        outcome: MaxPressure.Outcome, trips: MaxPressureTrips
    ) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("greenband-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let trips = folder.appendingPathComponent("trips.xml").path
        let outcome = try await MaxPressure.run(simulation(name, begin: begin, seed: seed, trips: trips))
        return (outcome, try MaxPressureTrips(path: trips))
    }

    /// What the signals of cologne1 show, second by second.
    private static func shown(
        _ settings: MaxPressure.Settings
    ) async throws -> (outcome: MaxPressure.Outcome, states: [String]) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("greenband-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = { (name: String) in folder.appendingPathComponent(name).path }
        var simulation = try simulation("cologne1", begin: 25200, seed: 2, trips: path("trips.xml"))
        let record = """
            <additional><timedEvent type="SaveTLSStates" source="GS_cluster_357187_359543" dest="\(path("shown.xml"))"/>
            </additional>
            """
        try record.write(toFile: path("record.xml"), atomically: true, encoding: .utf8)
        simulation.additional = [path("record.xml")]
        let outcome = try await MaxPressure.run(simulation, settings: settings)
        let text = try String(contentsOfFile: path("shown.xml"), encoding: .utf8)
        let states = text.matches(of: #/time="([0-9.]+)"[^>]*state="([A-Za-z]+)"/#).map { String($0.2) }
        return (outcome, states)
    }

    /// Mean total delay measured of RESCO's control before, s per vehicle, and the range of ours over seeds about it.
    private static let peers: [(name: String, begin: Double, junctions: Int, delay: ClosedRange<Double>)] = [
        ("cologne1", 25200, 1, 23...29), ("ingolstadt1", 57600, 1, 13...17), ("ingolstadt7", 57600, 7, 28...35),
    ]

    @Test("The delay is near that of the same control measured before", arguments: peers)
    func delay(name: String, begin: Double, junctions: Int, delay: ClosedRange<Double>) async throws {
        let (outcome, trips) = try await Self.run(name, begin: begin, seed: 1)
        #expect(outcome.junctions.count == junctions)
        #expect(outcome.uncontrolled.isEmpty)
        #expect(outcome.decisionCount == 360)
        #expect(outcome.changeCount > 50 * junctions)
        #expect(delay.contains(trips.meanTotalDelay))
    }

    @Test("The same seed gives the same run, two at once included; another seed gives another")
    func determinism() async throws {
        async let first = Self.run("ingolstadt1", begin: 57600, seed: 3)
        async let second = Self.run("ingolstadt1", begin: 57600, seed: 3)
        async let other = Self.run("ingolstadt1", begin: 57600, seed: 4)
        let results = try await [first, second, other]
        #expect(results[0].outcome == results[1].outcome)
        #expect(results[0].trips == results[1].trips)
        #expect(results[0].trips != results[2].trips)
    }

    @Test("What the signals show is a stage for the rest of ten seconds, or three seconds of yellow before it")
    func shown() async throws {
        let (outcome, states) = try await Self.shown(MaxPressure.Settings())
        #expect(states.count == 3600)
        let stages: Set = [
            "rrrrrGGGggrrrrrGGGgg", "rrrrrrrrGGrrrrrrrrGG", "GGGggrrrrrGGGggrrrrr", "rrrGGrrrrrrrrGGrrrrr",
        ]
        var changes = 0
        for (number, start) in stride(from: 0, to: states.count, by: 10).enumerated() {
            let interval = Array(states[start..<(start + 10)])
            let stage = interval[9]
            #expect(stages.contains(stage))
            #expect(interval[3...].allSatisfy { $0 == stage })
            guard interval[0] != stage else {
                #expect(interval.allSatisfy { $0 == stage })
                continue
            }
            changes += 1
            #expect(Set(interval[..<3]).count == 1)
            let before = try #require(number > 0 ? states[start - 1] : nil)
            for (position, yellow) in interval[0].enumerated() {
                let (old, new) = (Array(before)[position], Array(stage)[position])
                let loses = "gG".contains(old) && !"gG".contains(new)
                #expect(yellow == (loses ? "y" : old))
            }
        }
        #expect(changes == outcome.changeCount)
    }

    @Test("A junction whose changes take longer than an interval decides less often, and keeps its least green")
    func longChanges() async throws {
        var settings = MaxPressure.Settings()
        settings.ownChangeTimes = ["GS_cluster_357187_359543": .init(yellow: 3, allRed: 9)]
        let (_, states) = try await Self.shown(settings)
        var periods: [(state: String, seconds: Int)] = []
        for state in states {
            if periods.last?.state != state { periods.append((state, 0)) }
            periods[periods.count - 1].seconds += 1
        }
        let yellows = periods.indices.dropLast(3).filter { periods[$0].state.contains("y") }
        #expect(yellows.count > 50)
        for yellow in yellows {
            #expect(periods[yellow].seconds == 3)
            #expect(periods[yellow + 1].seconds == 9)
            #expect(periods[yellow + 2].seconds >= 8)
        }
    }

    @Test("Settings that make no sense are refused")
    func settings() async throws {
        let simulation = try Self.simulation("ingolstadt1", begin: 57600, seed: 1, trips: "/dev/null")
        for (yellow, interval, sight) in [(10.0, 10.0, 200.0), (-1, 10, 200), (3, 10, 0), (3, .nan, 200)] {
            var settings = MaxPressure.Settings()
            settings.yellow = yellow
            settings.decisionInterval = interval
            settings.sight = sight
            await #expect(throws: MaxPressure.SettingsError.self) {
                try await MaxPressure.run(simulation, settings: settings)
            }
        }
        for allRed in [-1, .nan, .infinity] {
            var settings = MaxPressure.Settings()
            settings.ownChangeTimes = ["J": .init(yellow: 3, allRed: allRed)]
            await #expect(throws: MaxPressure.SettingsError.self) {
                try await MaxPressure.run(simulation, settings: settings)
            }
        }
    }
}
