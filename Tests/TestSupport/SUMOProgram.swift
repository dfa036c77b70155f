import Foundation
import Testing

/// SUMO's programs, where they are installed: in the package's virtual environment, under `SUMO_HOME`, or on the path.
public enum SUMOProgram {
    /// Where the simulator is.
    public static let path = find("sumo")

    /// Where a program of SUMO is.
    private static func find(_ name: String) -> String? {
        let environment = ProcessInfo.processInfo.environment
        var folders = [ProjectFolder.python.deletingLastPathComponent().path]
        if let home = environment["SUMO_HOME"] { folders.append("\(home)/bin") }
        folders += (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Whether tests that run SUMO are to run: always in CI, where its absence must fail them.
    public static var isExpected: Bool { path != nil || ProcessInfo.processInfo.environment["CI"] != nil }

    /// What the run says beside a skipped test.
    public static let absence: Comment = "SUMO is not installed: the test is skipped"

    /// Runs SUMO, or another of its programs, and returns what it prints.
    ///
    /// - Throws: When the program is not installed or does not start.
    public static func run(
        _ arguments: [String], program: String = "sumo", in folder: URL? = nil
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(find(program), "\(program) is not installed"))
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
