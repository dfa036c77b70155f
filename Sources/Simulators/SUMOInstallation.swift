import Foundation

/// Where SUMO is on this machine.
public struct SUMOInstallation: Sendable {
    /// Its folder, with `bin` and `tools` in it.
    public let home: String
    /// Its version, such as `1.28.0`.
    public let version: String

    /// Finds SUMO and asks for its version.
    ///
    /// Looked at are the folder given, `SUMO_HOME`, and the virtual environments `.venv` beside and above the program and
    /// the working folder.
    /// - Throws: ``SimulatorError``
    public static func find(home: String? = nil) async throws -> SUMOInstallation {
        let places = home.map { [$0] } ?? candidates()
        guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0 + "/bin/sumo") }) else {
            throw SimulatorError.notFound(searched: places)
        }
        let answer = try await ProgramRun.run(
            found + "/bin/sumo", ["--version"], variables: SUMOSimulation.environment(of: found + "/bin/sumo"))
        let number = answer.split(whereSeparator: { !"0123456789.".contains($0) })
            .first { $0.filter { $0 == "." }.count == 2 && !$0.hasPrefix(".") }
        guard let number else {
            throw SimulatorError.failed(program: "sumo", message: "no version in its answer to --version")
        }
        // Its scripts work in other folders.
        return SUMOInstallation(home: URL(fileURLWithPath: found).path, version: String(number))
    }

    /// Path of one of its programs.
    public func program(_ name: String) -> String { home + "/bin/" + name }

    /// The environment that all its programs are started in.
    var environment: [String: String] { SUMOSimulation.environment(of: program("sumo")) }

    /// Path of one of its scripts.
    func script(_ name: String) -> String { home + "/tools/" + name }

    /// The Python that SUMO's scripts run with: that of the virtual environment that SUMO is in, else the system's.
    var python: String {
        let own = URL(fileURLWithPath: home + "/../../../../bin/python").standardizedFileURL.path
        return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    }

    private static func candidates() -> [String] {
        var places: [String] = []
        if let named = ProcessInfo.processInfo.environment["SUMO_HOME"], !named.isEmpty { places.append(named) }
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        for start in [program, FileManager.default.currentDirectoryPath] {
            var folder = URL(fileURLWithPath: start)
            while folder.path != "/" {
                let libraries = folder.path + "/.venv/lib"
                for version in (try? FileManager.default.contentsOfDirectory(atPath: libraries))?.sorted() ?? [] {
                    places.append("\(libraries)/\(version)/site-packages/sumo")
                }
                folder.deleteLastPathComponent()
            }
        }
        return places + ["/usr/share/sumo"]
    }
}
