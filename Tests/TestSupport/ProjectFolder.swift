import Foundation

/// The folder of the package, found from this file's place in it.
public enum ProjectFolder {
    /// The folder itself.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The Python that the tools have set up.
    public static let python = root.appendingPathComponent(".venv/bin/python")

    /// Whether tests that need it are to run: always in CI, where its absence must fail them.
    public static var isPythonExpected: Bool {
        FileManager.default.isExecutableFile(atPath: python.path) || isContinuousIntegration
    }

    /// Whether tests that need a browser beside it are to run: always in CI, where its absence must fail them.
    public static var isBrowserExpected: Bool {
        FileManager.default.fileExists(atPath: "/usr/bin/chromium") && isPythonExpected || isContinuousIntegration
    }

    private static var isContinuousIntegration: Bool { ProcessInfo.processInfo.environment["CI"] != nil }

    /// The folder of a network that the package keeps.
    public static func network(_ name: String) -> URL { root.appendingPathComponent("Networks/\(name)") }
}
