import Foundation

extension SUMOProgram {
    /// Where the simulator's own program is: the script that the Python package puts on the path starts it as a child,
    /// which a signal to the script does not reach.
    public static let binary: String? = path.map { path in
        let library = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        let programs = versions.sorted().map { library.path + "/\($0)/site-packages/sumo/bin/sumo" }
        return programs.first { FileManager.default.isExecutableFile(atPath: $0) } ?? path
    }
}
