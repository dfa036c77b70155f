import ArgumentParser
import Bandwidth
import Formats
import Foundation
import PlanOptimizer
import Simulators

/// What the exit codes mean (sysexits.h).
enum Outcome: Int32 {
    case violations = 1
    case badData = 65
    case infeasible = 69
    case internalFault = 70
    case unwritable = 73
}

/// Ends the program with a message on standard error.
func fail(_ outcome: Outcome, _ message: String) -> ExitCode {
    say("greenband: \(message)")
    return ExitCode(outcome.rawValue)
}

/// Runs the body of a command; errors that data can cause become a message and an exit code.
func reportingErrors(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch {
        throw reported(error)
    }
}

/// Runs the body of a command that waits for other programs.
func reportingErrors(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch {
        throw reported(error)
    }
}

/// Says what went wrong on standard error; the exit code for it, or the error itself where it has been said or is for ArgumentParser.
private func reported(_ error: any Error) -> any Error {
    switch error {
    case let error as FormatError:
        if case .unwritable = error.fault { return fail(.unwritable, error.description) }
        return fail(.badData, error.description)
    case let error as PlanOptimizerError: return fail(.infeasible, error.description)
    case let error as BandwidthError: return fail(.infeasible, error.description)
    case let error as SimulatorError: return fail(.badData, error.description)
    case is ExitCode, is ValidationError, is CleanExit, is CancellationError: return error
    default: return fail(.internalFault, "\(error)")
    }
}
