import Foundation

/// Runs the built program as its users do.
enum Program {
    struct Result {
        var code: Int32
        var output: String
        var errors: String
        /// How the program ended.
        var ending: String
    }

    /// The program stands beside the bundle of tests.
    private static var path: URL {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("greenband")
    }

    static func makeFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Starts the program and does not wait for it; what it prints is lost.
    static func begin(_ arguments: [String], in workingFolder: URL) throws -> Process {
        let process = Process()
        process.executableURL = path
        process.arguments = arguments
        process.currentDirectoryURL = workingFolder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Runs the program and waits for it.
    ///
    /// - Parameters:
    ///   - workingFolder: Folder that paths start from; without it, that of the tests.
    ///   - output: Where standard output goes instead of into the result.
    ///   - errors: Where standard error goes instead of into the result.
    ///   - timeLimit: Time after which the program is ended, s.
    /// - Returns: A code below 0 where a signal ended the program.
    static func run(
        _ arguments: [String], in workingFolder: URL? = nil, output: URL? = nil, errors: URL? = nil,
        timeLimit: Double = 300
    ) throws -> Result {
        let folder = try makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, not pipes: a program that prints more than a pipe holds would wait for its reader.
        let (out, err) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
        for file in [out, err] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = path
        process.arguments = arguments
        if let workingFolder { process.currentDirectoryURL = workingFolder }
        process.standardOutput = try FileHandle(forWritingTo: output ?? out)
        process.standardError = try FileHandle(forWritingTo: errors ?? err)
        process.standardInput = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let isLate = ended.wait(timeout: .now() + timeLimit) == .timedOut
        if isLate { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        let isExit = process.terminationReason == .exit
        return Result(
            code: isExit ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: try Data(contentsOf: out), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: err), as: UTF8.self),
            ending: isLate
                ? "ended after \(timeLimit) s" : "\(isExit ? "exit" : "signal") \(process.terminationStatus)")
    }
}
