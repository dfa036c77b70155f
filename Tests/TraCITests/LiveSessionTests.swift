import Foundation
import Simulators
import Testing

@testable import TraCI

@Suite("TraCI with the real SUMO", .enabled(if: LiveRun.isExpected, LiveRun.absence))
struct LiveSessionTests {
    @Test("Arrivals that are read are those that SUMO writes, and counts of loops too")
    func outputs() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 600)
        defer { run.remove() }
        let loops: [(id: TraciID<Traci.InductionLoop>, lane: String)] = [
            ("near", "164051413_1"), ("far", "201963537#1_1"),
        ].map { (TraciID($0.0), $0.1) }
        var text = "<additional>\n"
        for loop in loops {
            text += "<inductionLoop id=\"\(loop.id)\" lane=\"\(loop.lane)\" pos=\"-5\" period=\"60\" "
            text += "file=\"\(run.path("e1.xml"))\"/>\n"
        }
        try (text + "</additional>\n").write(toFile: run.path("loops.xml"), atomically: true, encoding: .utf8)
        run.simulation.additional = [run.path("loops.xml")]
        var arrived: [String] = []
        // A vehicle that leaves a loop just at the end of a step is seen in the next too.
        var passed: [String: Set<String>] = [:]
        var whole: [String: [Int]] = [:]
        try await TraciProcess.run(run.simulation) { sumo in
            try await sumo.subscribe(to: .arrived, .arrivedCount, .time)
            try await sumo.subscribe(each: loops.map(\.id), to: .passages, .vehicleCount)
            for second in 1...600 {
                let step = try await sumo.step()
                let names = try #require(try step.value(.arrived))
                #expect(try step.value(.arrivedCount) == names.count)
                #expect(try step.value(.time) == 57600 + Double(second))
                arrived += names.map(\.text)
                for loop in loops {
                    let passages = try #require(try step.value(.passages, of: loop.id))
                    for passage in passages where passage.exit != nil {
                        passed[loop.id.text, default: []].insert("\(passage.vehicle) \(passage.entry)")
                    }
                    // An interval is whole in the step after it.
                    if second > 1, second % 60 == 1 {
                        whole[loop.id.text, default: []].append(
                            try await sumo.get(.lastIntervalCount, of: loop.id))
                    }
                }
            }
        }
        let written = try run.elements("tripinfo", of: "tripinfo.xml").filter { $0["arrival"] != "-1.00" }
        #expect(arrived.count > 100)
        #expect(written.map { $0["id"] } == arrived)
        let intervals = try run.elements("interval", of: "e1.xml")
        for loop in loops {
            let own = intervals.filter { $0["id"] == loop.id.text }
            let passing = own.compactMap { Int($0["nVehContrib"] ?? "") }
            let entered = own.compactMap { Int($0["nVehEntered"] ?? "") }
            #expect(passing.count == 10)
            #expect(passing.reduce(0, +) > 10)
            #expect(whole[loop.id.text] == Array(passing.prefix(9)))
            // A vehicle that changes its lane on the loop leaves it, but has not passed it.
            let number = passed[loop.id.text, default: []].count
            #expect((passing.reduce(0, +)...entered.reduce(0, +)).contains(number))
        }
    }

    @Test("A run that is only watched is the run that SUMO makes alone")
    func onlyWatched() async throws {
        let watched = try LiveRun("ingolstadt1", begin: 57600, length: 900)
        defer { watched.remove() }
        try await TraciProcess.run(watched.simulation) { sumo in
            try await sumo.subscribe(to: .departedCount)
            for _ in 0..<900 { _ = try await sumo.step() }
        }
        let alone = try LiveRun("ingolstadt1", begin: 57600, length: 900)
        defer { alone.remove() }
        let simulation = alone.simulation
        let process = Process()
        process.executableURL = URL(fileURLWithPath: simulation.executable)
        process.arguments =
            [
                "-n", simulation.network, "-r", simulation.routes[0], "-b", "57600", "-e", "58500", "--seed", "1",
                "--step-length", "1", "--time-to-teleport", "-1", "--no-step-log", "--no-warnings",
            ] + simulation.arguments
        process.environment = simulation.environment
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let trips = try watched.elements("tripinfo", of: "tripinfo.xml")
        #expect(trips.count > 200)
        #expect(trips == (try alone.elements("tripinfo", of: "tripinfo.xml")))
    }

    @Test("A state that is set shows, and the program that is set again runs")
    func states() async throws {
        let run = try LiveRun("cologne1", begin: 25200, length: 100)
        defer { run.remove() }
        try await TraciProcess.run(run.simulation) { sumo in
            let light = try #require(try await sumo.get(TraciVariable<Traci.TrafficLight, _>.all).first)
            let links = try await sumo.get(.links, of: light)
            let programs = try await sumo.get(.programs, of: light)
            let program = try #require(programs.first)
            let lanes = try await sumo.get(.controlledLanes, of: light)
            #expect(links.count == program.states[0].signals.count)
            #expect(links.flatMap { $0 }.map(\.incoming) == lanes)
            #expect(program.states.map(\.duration) == [29, 5, 6, 5, 29, 5, 6, 5])
            #expect(program.states[0].leastDuration == 5)
            #expect(program.states[0].greatestDuration == 50)
            try await sumo.set(.stateNumber, of: light, to: 4)
            _ = try await sumo.step()
            #expect(try await sumo.get(.stateNumber, of: light) == 4)
            #expect(try await sumo.get(.state, of: light) == program.states[4].signals)
            let allRed = String(repeating: "r", count: links.count)
            try await sumo.set(.state, of: light, to: allRed)
            try await sumo.subscribe(light, to: .state)
            for _ in 0..<30 { #expect(try await sumo.step().value(.state, of: light) == allRed) }
            let green = program.states[0].signals
            let changed = try await sumo.step(after: [TraciChange(.state, of: light, to: green)])
            #expect(try changed.value(.state, of: light) == green)
            try await sumo.set(.program, of: light, to: program.id)
            let step = try await sumo.step(to: 25200 + 60)
            let shown = try #require(try step.value(.state, of: light))
            #expect(program.states.map(\.signals).contains(shown))
            #expect(try await sumo.get(.program, of: light) == program.id)
            #expect(try await sumo.get(.time) == 25260)
        }
    }

    @Test("Subscriptions bring what single questions bring, around an object too")
    func subscriptions() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 300)
        defer { run.remove() }
        try await TraciProcess.run(run.simulation) { sumo in
            let lanes = try await sumo.get(TraciVariable<Traci.Lane, _>.all)
            let edges = Array(try await sumo.get(TraciVariable<Traci.Edge, _>.all).prefix(20))
            let node = TraciID<Traci.Junction>("cluster_274083968_cluster_1200364014_1200364088")
            try await sumo.subscribe(
                each: lanes, to: .vehicleCount, .haltingCount, .vehicles, .length, .occupancyPercent)
            try await sumo.subscribe(each: edges, to: .vehicleCount, .meanSpeed)
            let vehicle = TraciVariable<Traci.Vehicle, _>.speed
            try await sumo.subscribe(around: node, within: 80, to: vehicle, .lanePosition, .lane)
            let step = try await sumo.step(to: 57600 + 200)
            let rows = try await sumo.get(
                .vehicleCount, .haltingCount, .vehicles, .length, .occupancyPercent, ofEach: lanes)
            #expect(rows.map(\.0).reduce(0, +) >= 10)
            for (lane, row) in zip(lanes, rows) {
                #expect(try step.value(.vehicleCount, of: lane) == row.0)
                #expect(try step.value(.haltingCount, of: lane) == row.1)
                #expect(try step.value(.vehicles, of: lane) == row.2)
                #expect(try step.value(.length, of: lane) == row.3)
                #expect(try step.value(.occupancyPercent, of: lane) == row.4)
                #expect(row.2.count == row.0)
            }
            for edge in edges {
                #expect(try step.value(.vehicleCount, of: edge) == (try await sumo.get(.vehicleCount, of: edge)))
                #expect(try step.value(.meanSpeed, of: edge) == (try await sumo.get(.meanSpeed, of: edge)))
            }
            let near: TraciReadings<Traci.Vehicle> = try #require(step.readings(around: node))
            #expect(near.count > 3)
            let place = try await sumo.get(.position, of: node)
            for vehicle in near.objects {
                let row = try await sumo.get(.speed, .lanePosition, .lane, .position, .road, .route, of: vehicle)
                #expect(try near.value(.speed, of: vehicle) == row.0)
                #expect(try near.value(.lanePosition, of: vehicle) == row.1)
                #expect(try near.value(.lane, of: vehicle) == row.2)
                #expect(hypot(row.3.x - place.x, row.3.y - place.y) < 95)
                #expect(row.4.text.hasPrefix(":") || row.5.contains(row.4))
            }
            try await sumo.unsubscribe(Traci.Vehicle.self, around: node)
            try await sumo.unsubscribe(lanes[0])
            let later = try await sumo.step()
            let gone: TraciReadings<Traci.Vehicle>? = later.readings(around: node)
            #expect(gone == nil)
            #expect(try later.value(.length, of: lanes[0]) == nil)
            #expect(try later.value(.length, of: lanes[1]) != nil)
        }
    }

    @Test("Signals ahead are where the lanes and the links say")
    func signalsAhead() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 300)
        defer { run.remove() }
        try await TraciProcess.run(run.simulation) { sumo in
            _ = try await sumo.step(to: 57600 + 150)
            let links = try await sumo.get(.links, of: TraciID<Traci.TrafficLight>("gneJ207"))
            let vehicles = try await sumo.get(TraciVariable<Traci.Vehicle, _>.all)
            let rows = try await sumo.get(.lane, .lanePosition, .signalsAhead, ofEach: vehicles)
            var found = 0
            for (lane, position, signals) in rows {
                guard let signal = signals.first else { continue }
                #expect(signal.trafficLight == "gneJ207")
                guard links[signal.signal].contains(where: { $0.incoming == lane }) else { continue }
                let length = try await sumo.get(.length, of: lane)
                #expect(abs(length - position - signal.distance) < 0.1)
                found += 1
            }
            #expect(found > 5)
        }
    }

    @Test("SUMO's refusals carry its words, and the session goes on")
    func refusals() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 100)
        defer { run.remove() }
        try await TraciProcess.run(run.simulation) { sumo in
            let version = try await sumo.version()
            #expect(version.protocol >= 20)
            #expect(version.program.hasPrefix("SUMO"))
            let absent = TraciID<Traci.Lane>("no such lane")
            let error = await #expect(throws: TraciError.self) { try await sumo.get(.length, of: absent) }
            #expect("\(try #require(error))".contains("no such lane"))
            await #expect(throws: TraciError.self) { try await sumo.set(.program, of: "gneJ207", to: "none") }
            await #expect(throws: TraciError.self) { try await sumo.subscribe(absent, to: .meanSpeed) }
            await #expect(throws: TraciError.self) {
                try await sumo.step(after: [TraciChange(.program, of: "gneJ207", to: "none")])
            }
            #expect(try await sumo.option("seed") == "1")
            let step = try await sumo.step()
            #expect(step.readings(of: Traci.Lane.self).count == 0)
            #expect(try await sumo.get(.time) == 57602)
        }
    }

    @Test("What makes SUMO end itself is told in its words")
    func fatal() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 100)
        defer { run.remove() }
        let error = await #expect(throws: TraciProcessError.self) {
            try await TraciProcess.run(run.simulation) { sumo in
                try await sumo.set(.state, of: "gneJ207", to: "rr")
                _ = try await sumo.step()
            }
        }
        #expect("\(try #require(error))".contains("phase size"))
    }

    @Test("Questions of several tasks at once get their own answers")
    func manyAtOnce() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 100)
        defer { run.remove() }
        try await TraciProcess.run(run.simulation) { sumo in
            let lanes = try await sumo.get(TraciVariable<Traci.Lane, _>.all)
            let lengths = try await sumo.get(.length, ofEach: lanes)
            try await withThrowingTaskGroup(of: (Int, Double).self) { group in
                for number in lanes.indices {
                    group.addTask { (number, try await sumo.get(.length, of: lanes[number])) }
                }
                for try await (number, length) in group { #expect(length == lengths[number]) }
            }
        }
    }
}
