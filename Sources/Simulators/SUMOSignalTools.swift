import Formats
import Foundation

/// Fixed-time plans by the scripts that come with SUMO, from the traffic itself.
public struct SUMOSignalTools: Sendable {
    /// What the scripts make.
    public enum Product: String, Sendable, CaseIterable {
        /// Cycle and splits after Webster, junction by junction (`tlsCycleAdaptation.py`).
        case webster
        /// The same with one cycle for all, and offsets (`tlsCoordinator.py`).
        case coordinated
        /// The network's own programs with offsets.
        case offsets
    }

    /// Yellow of a network whose programs have none, s: the scripts' own.
    public static let usualYellow = 4

    private let installation: SUMOInstallation
    private let scenario: SUMOScenario
    private let yellow: Int

    /// - Parameter yellow: Yellow of the plans, s.
    public init(installation: SUMOInstallation, scenario: SUMOScenario, yellow: Int) {
        self.installation = installation
        self.scenario = scenario
        self.yellow = yellow
    }

    /// Runs the scripts, and has SUMO load what they made: on some networks they write a program twice.
    ///
    /// - Parameter folder: An empty folder for their files.
    /// - Returns: Texts of additional files, to be loaded in this order.
    /// - Throws: ``SimulatorError`` with a script's own words, or SUMO's.
    public func make(_ product: Product, in folder: String) async throws -> [String] {
        let routed = folder + "/routed.rou.xml"
        // The scripts read routes of vehicles; trips have only their two ends.
        try await ProgramRun.run(
            installation.program("duarouter"),
            [
                "-n", scenario.net, "-r", scenario.routes, "-o", routed, "-b", "\(scenario.begin)", "-e",
                "\(scenario.end)", "--ignore-errors", "--no-warnings",
            ], logFolder: folder, variables: installation.environment)
        var files: [String] = []
        if product != .offsets {
            files.append(folder + "/adapted.add.xml")
            try await script(
                "tlsCycleAdaptation.py",
                [
                    "-n", scenario.net, "-r", routed, "-o", files[0], "-b", "\(Int(scenario.begin))", "-g", "5", "-y",
                    "\(yellow)",
                ] + (product == .coordinated ? ["--unified-cycle"] : []), folder)
        }
        if product != .webster {
            let offsets = folder + "/offsets.add.xml"
            let adapted = files.flatMap { ["-a", $0] }
            try await script(
                "tlsCoordinator.py", ["-n", scenario.net, "-r", routed] + adapted + ["-o", offsets], folder)
            files.append(offsets)
        }
        try await ProgramRun.run(
            installation.program("sumo"),
            [
                "-n", scenario.net, "-a", files.joined(separator: ","), "-b", "0", "-e", "1", "--no-step-log",
                "--no-warnings",
            ], logFolder: folder, variables: installation.environment)
        return try files.map { try String(contentsOf: URL(fileURLWithPath: $0), encoding: .utf8) }
    }

    private func script(_ name: String, _ arguments: [String], _ folder: String) async throws {
        do {
            try await ProgramRun.run(
                installation.python, [installation.script(name)] + arguments, folder: folder,
                variables: installation.environment)
        } catch SimulatorError.failed(_, let message) {
            throw SimulatorError.failed(program: name, message: message)
        }
    }
}
