import Subprocess
import TraCI

extension TraciProcess {
    /// How the client's part of a run went.
    struct Outcome<Value: Sendable>: Sendable {
        var result: Result<Value, any Error>
        /// Whether SUMO had to be killed after it had been told to end.
        var isHung = false
    }

    private enum Event: Sendable {
        case processEnded
        case timeIsUp
    }

    /// Runs the client while SUMO's error output is collected, and sees that SUMO ends after it.
    nonisolated(nonsending) static func supervise<Value: Sendable>(
        _ execution: Execution<NoInput, DiscardedOutput, SequenceOutput>, output: TraciErrorOutput,
        _ client: () async throws -> Value
    ) async -> Outcome<Value> {
        await withTaskGroup(of: Event.self) { group in
            group.addTask {
                await output.collect(execution.standardError)
                return .processEnded
            }
            var outcome: Outcome<Value>
            // The time that SUMO has from here on to end by itself, s.
            var patience: Double
            do {
                outcome = Outcome(result: .success(try await client()))
                patience = endingLimit
            } catch {
                outcome = Outcome(result: .failure(error))
                // A lost connection is mostly SUMO's end, of which the reason and the status are of interest.
                if case .disconnected? = error as? TraciError { patience = 2 } else { patience = 0 }
            }
            let allowed = Duration.seconds(patience)
            group.addTask {
                try? await Task.sleep(for: allowed)
                return .timeIsUp
            }
            if await group.next() == .timeIsUp {
                await execution.teardown(using: [])
                outcome.isHung = patience == endingLimit && !Task.isCancelled
            }
            group.cancelAll()
            return outcome
        }
    }

    /// Connects to the SUMO of the token as soon as it listens.
    static func connect(
        port: Int, token: String, answerLimit: Duration, output: TraciErrorOutput
    ) async throws -> TraciConnection {
        let clock = ContinuousClock()
        let start = clock.now
        var pause = Duration.milliseconds(10)
        while true {
            // The first answer comes when SUMO has read all its input.
            if let connection = try? await TraciConnection.connect(port: port, answerLimit: .seconds(listeningLimit)) {
                let found = await self.token(of: connection, output: output)
                if found == token {
                    connection.limitAnswers(to: answerLimit)
                    return connection
                }
                await connection.abandon()
                try Task.checkCancellation()
                if found == nil {
                    // SUMO listens before it reads its input: most likely that was wrong, and it ends.
                    await wait(forEndOf: output, limit: .seconds(2))
                    if output.hasEnded, !output.saysPortIsTaken {
                        throw TraciError.disconnected("SUMO ended at once")
                    }
                }
                throw PortTaken(output: "another program listens at port \(port)")
            }
            try Task.checkCancellation()
            if output.hasEnded {
                if output.saysPortIsTaken { throw PortTaken(output: output.text) }
                throw TraciError.disconnected("SUMO ended before it listened")
            }
            guard clock.now - start < .seconds(listeningLimit) else {
                throw TraciProcessError.notListening(seconds: listeningLimit, output: output.text)
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(200))
        }
    }

    /// The token of the SUMO at the other end; nothing when SUMO has ended, or somebody answers who is not SUMO.
    private static func token(of connection: TraciConnection, output: TraciErrorOutput) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask { try? await connection.option(SUMOSimulation.tokenOption) }
            group.addTask {
                // Whoever has taken the port may never answer; SUMO, which could not listen, ends.
                await wait(forEndOf: output, limit: .seconds(listeningLimit))
                return nil
            }
            let found = await group.next() ?? nil
            group.cancelAll()
            return found
        }
    }

    private static func wait(forEndOf output: TraciErrorOutput, limit: Duration) async {
        let end = ContinuousClock.now + limit
        while !output.hasEnded, !Task.isCancelled, ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The client's value, or the error that says most.
    static func value<Value>(
        of outcome: Outcome<Value>, status: TerminationStatus, output: TraciErrorOutput
    ) throws -> Value {
        guard !outcome.isHung else { throw TraciProcessError.hangs(seconds: endingLimit) }
        switch outcome.result {
        case .success(let value):
            guard status.isSuccess else {
                throw TraciProcessError.ended(status: "\(status)", output: output.text)
            }
            return value
        case .failure(let error):
            if case .disconnected? = error as? TraciError {
                throw TraciProcessError.ended(status: "\(status)", output: output.text)
            }
            throw error
        }
    }
}
