import Foundation
import Testing

/// Finds the data that several checkouts share: the folder `shared` beside the package.
public enum SharedData {
    /// Why a test that needs shared data cannot run.
    public struct Missing: Error, CustomStringConvertible {
        /// Place that was looked at.
        public var path: String
        /// One sentence for people.
        public var description: String { "shared data is not there: \(path)" }
    }

    /// The shared folder.
    public static let root = ProjectFolder.root.deletingLastPathComponent().appendingPathComponent("shared")

    /// Whether the shared folder is there.
    public static var isPresent: Bool { FileManager.default.fileExists(atPath: root.path) }

    /// Whether tests that read shared data are to run: always in CI, where its absence must fail them.
    ///
    /// Use as `@Test(.enabled(if: SharedData.isExpected, SharedData.absence))`: the run then lists the skipped tests.
    public static var isExpected: Bool { isPresent || ProcessInfo.processInfo.environment["CI"] != nil }

    /// What the run says beside a skipped test.
    public static let absence: Comment = "../shared is not there: the test is skipped"

    /// The place of a shared file or folder, such as `cases/x.json`.
    ///
    /// - Throws: ``Missing`` when it is not there; in a test that ``isExpected`` lets run this is a failure.
    public static func url(_ path: String) throws -> URL {
        let url = root.appendingPathComponent(path)
        guard FileManager.default.fileExists(atPath: url.path) else { throw Missing(path: url.path) }
        return url
    }
}
