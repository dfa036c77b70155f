import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// SciPy in the package's virtual environment, for the Riccati equation.
enum SciPyProgram {
    /// A system, by rows of its matrices.
    struct System: Codable, Sendable {
        var dynamics: [[Double]]
        var input: [[Double]]
        var stateWeight: [[Double]]
        var inputWeight: [[Double]]
    }

    /// Whether tests that ask SciPy are to run: always in CI.
    static var isExpected: Bool { ProjectFolder.isPythonExpected }

    /// What the run says beside a skipped test.
    static let absence: Comment = "there is no .venv (Tools/setup): the test is skipped"

    private static let script = """
        import json, sys
        import numpy
        from scipy.linalg import solve_discrete_are
        for line in open(sys.argv[1]):
            it = json.loads(line)
            parts = [numpy.array(it[name]) for name in ("dynamics", "input", "stateWeight", "inputWeight")]
            try:
                print(json.dumps(solve_discrete_are(*parts).tolist()))
            except (numpy.linalg.LinAlgError, ValueError):
                print("null")
        """

    /// What SciPy finds for each of some systems, by rows; nil where it finds no solution.
    static func solutions(of systems: [System]) throws -> [[[Double]]?] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("systems.jsonl")
        let lines = try systems.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        let process = Process()
        process.executableURL = ProjectFolder.python
        process.arguments = ["-c", script, file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "SciPy failed")
        let found = try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            try JSONDecoder().decode([[Double]]?.self, from: Data($0.utf8))
        }
        try #require(found.count == systems.count)
        return found
    }
}

extension Matrix {
    init(byRows rows: [[Double]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0)
        for (row, values) in rows.enumerated() {
            for (column, value) in values.enumerated() { self[row, column] = value }
        }
    }

    /// The elements by rows.
    var byRows: [[Double]] { (0..<rows).map { row in (0..<columns).map { self[row, $0] } } }
}
