import ArgumentParser
import Formats
import Foundation
import PlanOptimizer

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
    FileHandle.standardError.write(Data("greenband: \(message)\n".utf8))
    return ExitCode(outcome.rawValue)
}

/// Runs the body of a command; errors that data can cause become a message and an exit code.
func reportingErrors(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch let error as FormatError {
        if case .unwritable = error.fault { throw fail(.unwritable, error.description) }
        throw fail(.badData, error.description)
    } catch let error as PlanOptimizerError {
        throw fail(.infeasible, error.description)
    }
}
