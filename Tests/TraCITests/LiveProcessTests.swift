import Foundation
import NIOPosix
import TestSupport
import Testing
import TraCI

@testable import Simulators

@Suite("The process of SUMO", .enabled(if: LiveRun.isExpected, LiveRun.absence))
struct LiveProcessTests {
    private struct Interrupted: Error {}

    @Test("When SUMO is killed the client is told, with the reason, and no process is left")
    func killed() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 3600)
        defer { run.remove() }
        let clock = ContinuousClock()
        var killedAt = clock.now
        let error = await #expect(throws: TraciProcessError.self) {
            try await TraciProcess.run(run.simulation) { sumo in
                _ = try await sumo.step(to: 57700)
                let processes = run.processes
                #expect(processes.count == 1)
                for process in processes { kill(process, SIGKILL) }
                killedAt = clock.now
                while true { _ = try await sumo.step() }
            }
        }
        // Far less than an hour of simulation takes, and enough where other tests keep all processors busy.
        #expect(clock.now - killedAt < .seconds(60))
        #expect("\(try #require(error))".contains("9"))
        #expect(run.processes.isEmpty)
    }

    @Test("When the client throws, or its task is cancelled, no process is left")
    func abandoned() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 3600)
        defer { run.remove() }
        await #expect(throws: Interrupted.self) {
            try await TraciProcess.run(run.simulation) { sumo in
                _ = try await sumo.step()
                throw Interrupted()
            }
        }
        #expect(run.processes.isEmpty)
        let simulation = run.simulation
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await TraciProcess.run(simulation) { sumo in
                start.yield()
                while true { _ = try await sumo.step() }
            }
        }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(run.processes.isEmpty)
    }

    @Test("A task that is cancelled while SUMO starts leaves no process")
    func cancelledEarly() async throws {
        for delay in [0, 5, 20, 60] {
            let run = try LiveRun("ingolstadt1", begin: 57600, length: 3600)
            defer { run.remove() }
            let simulation = run.simulation
            let task = Task { try await TraciProcess.run(simulation) { _ = try await $0.step(to: 58000) } }
            try await Task.sleep(for: .milliseconds(delay))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(run.processes.isEmpty)
        }
    }

    @Test("A SUMO that stands still is killed after the time that it has for an answer")
    func standsStill() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 3600)
        defer { run.remove() }
        await #expect(throws: TraciError.unanswered(seconds: 10)) {
            try await TraciProcess.run(run.simulation, answerLimit: .seconds(10)) { sumo in
                _ = try await sumo.step()
                for process in run.processes { kill(process, SIGSTOP) }
                _ = try await sumo.step()
            }
        }
        #expect(run.processes.isEmpty)
    }

    @Test("What SUMO says of its input is in the error")
    func badInput() async throws {
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 3600)
        defer { run.remove() }
        run.simulation.network = run.path("absent.net.xml")
        let error = await #expect(throws: TraciProcessError.self) {
            try await TraciProcess.run(run.simulation) { _ in }
        }
        let text = "\(try #require(error))"
        #expect(text.contains("absent.net.xml"))
        run.simulation.executable = "/nowhere/sumo"
        let missing = await #expect(throws: TraciProcessError.self) {
            try await TraciProcess.run(run.simulation) { _ in }
        }
        #expect("\(try #require(missing))".contains("/nowhere/sumo"))
    }

    @Test("A port that another program has taken is seen, though that says nothing")
    func takenPort() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let run = try LiveRun("ingolstadt1", begin: 57600, length: 3600)
        defer { run.remove() }
        await #expect(throws: TraciProcess.PortTaken.self) {
            try await TraciProcess.run(run.simulation, port: port) { _ in }
        }
        #expect(run.processes.isEmpty)
        try await server.close()
    }

    @Test("Two sessions at once in one process give what each gives alone")
    func twoAtOnce() async throws {
        let runs = try [1, 2].map { try LiveRun("ingolstadt1", begin: 57600, length: 400, seed: $0) }
        defer { for run in runs { run.remove() } }
        let drive: @Sendable (SUMOSimulation) async throws -> [Int] = { simulation in
            try await TraciProcess.run(simulation) { sumo in
                try await sumo.subscribe(to: .departedCount, .arrivedCount)
                var counts: [Int] = []
                for _ in 0..<400 {
                    let step = try await sumo.step()
                    counts.append(try #require(try step.value(.departedCount)))
                    counts.append(try #require(try step.value(.arrivedCount)))
                }
                return counts
            }
        }
        let (one, other) = (runs[0].simulation, runs[1].simulation)
        async let first = drive(one)
        async let second = drive(other)
        let together = try await [first, second]
        let apart = [try await drive(one), try await drive(other)]
        #expect(together == apart)
        #expect(together[0] != together[1])
    }
}
