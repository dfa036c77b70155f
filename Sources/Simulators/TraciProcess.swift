import Subprocess
import TraCI

/// SUMO as a process that listens for a TraCI client, for as long as a closure runs.
public enum TraciProcess {
    /// How long SUMO may take to read its input and to listen, s; networks of a city take half a minute.
    static let listeningLimit = 300.0
    /// How long SUMO may take to end when it has been told to, s: it then writes its outputs.
    static let endingLimit = 120.0
    /// How often another port is tried when somebody else has taken the one that was free.
    static let greatestAttempts = 5

    /// Starts SUMO on a free port of the loopback, connects, runs the closure, and ends SUMO.
    ///
    /// The process is gone when this returns or throws, whichever way: after the closure SUMO is told to end and writes
    /// its outputs; when the closure throws or the task is cancelled it is killed.
    /// - Parameter answerLimit: How long SUMO may take for one answer; then it is killed.
    /// - Throws: What the closure throws, or ``TraciProcessError``; that also in place of the closure's error when
    ///   SUMO ended by itself, which was then the cause.
    nonisolated(nonsending) public static func run<Value: Sendable>(
        _ simulation: SUMOSimulation, answerLimit: Duration = TraciConnection.usualAnswerLimit,
        _ body: (TraciConnection) async throws -> Value
    ) async throws -> Value {
        var attempt = 1
        while true {
            let port = try await TraciPorts.take()
            defer { TraciPorts.giveBack(port) }
            do {
                return try await run(simulation, port: port, answerLimit: answerLimit, body)
            } catch is PortTaken where attempt < greatestAttempts {
                attempt += 1
            } catch let error as PortTaken {
                throw TraciProcessError.ended(status: "no port was free", output: error.output)
            }
        }
    }

    /// Somebody else listens at the port.
    struct PortTaken: Error {
        let output: String
    }

    nonisolated(nonsending) static func run<Value: Sendable>(
        _ simulation: SUMOSimulation, port: Int, answerLimit: Duration = TraciConnection.usualAnswerLimit,
        _ body: (TraciConnection) async throws -> Value
    ) async throws -> Value {
        // Of one length always: SUMO's outcome has been seen to depend on where its stack begins.
        let token = String(UInt64.random(in: UInt64.max / 16...UInt64.max / 2), radix: 16)
        let output = TraciErrorOutput()
        var platform = PlatformOptions()
        // No graceful way: without a client SUMO has nothing to write that anybody would read.
        platform.teardownSequence = []
        let (executable, arguments) = DependentProgram.start(
            simulation.executable, simulation.commandLine(port: port, token: token))
        do {
            let outcome = try await Subprocess.run(
                executable, arguments: arguments,
                environment: .only(simulation.environment),
                platformOptions: platform, input: .none, output: .discarded, error: .sequence
            ) { execution in
                await supervise(execution, output: output) {
                    let connection = try await connect(
                        port: port, token: token, answerLimit: answerLimit, output: output)
                    do {
                        let value = try await body(connection)
                        try await connection.close()
                        return value
                    } catch {
                        await connection.abandon()
                        throw error
                    }
                }
            }
            try Task.checkCancellation()
            return try value(of: outcome.closureResult, status: outcome.terminationStatus, output: output)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw TraciProcessError.cannotStart(executable: simulation.executable, reason: "\(error)")
        }
    }
}
