import Foundation

/// A folder of its own for the files of one test, removed when the test lets go of it.
final class TestFolder {

    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("greenband-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file and returns its path.
    func write(_ text: String, to name: String) throws -> String { try write(Data(text.utf8), to: name) }

    /// Writes a file and returns its path.
    func write(_ data: Data, to name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try data.write(to: file)
        return file.path
    }
}
