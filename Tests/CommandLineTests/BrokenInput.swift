import Foundation
import TestSupport
import Testing

/// One way in which input is broken, the command that is given it, and what the program must say.
struct BrokenInput: Sendable, CustomTestStringConvertible {
    var name: String
    /// Files by name; a name that ends in a stroke is a folder.
    ///
    /// Sound files that the command names come by themselves.
    var files: [String: Data]
    var arguments: [String]
    /// Exit code.
    var code: Int32 = 65
    /// What standard error must contain.
    var message: [String]

    var testDescription: String { name }

    /// A file of the name `FILE`.
    init(_ name: String, _ content: String, _ arguments: [String], _ message: String...) {
        self.init(name, files: ["FILE": Data(content.utf8)], arguments, message)
    }

    /// Files of several names, or none but the sound ones.
    init(
        _ name: String, files: [String: Data] = [:], _ arguments: [String], code: Int32 = 65, _ message: [String]
    ) {
        self.name = name
        self.files = files
        self.arguments = arguments
        self.code = code
        self.message = message
    }

    /// A sound file in which one text is replaced, wherever it stands, under the name `FILE`.
    init(
        _ name: String, in sound: String, _ old: String, _ new: String, _ arguments: [String], _ message: String...
    ) {
        let text = String(decoding: SoundInput.files[sound] ?? Data(), as: UTF8.self)
        precondition(text.contains(old), "\(sound) does not contain \(old)")
        self.init(
            name, files: ["FILE": Data(text.replacingOccurrences(of: old, with: new).utf8)], arguments, message)
    }

    /// Runs the program in a folder of its own and judges what it did.
    func judge() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var present = SoundInput.files.filter { arguments.contains($0.key) }
        present.merge(files) { $1 }
        for (name, content) in present {
            let place = folder.appendingPathComponent(name)
            if name.hasSuffix("/") {
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            } else {
                try content.write(to: place)
            }
        }
        let before = try Self.contents(of: folder)
        let result = try Program.run(arguments, in: folder, timeLimit: 20)
        let after = try Self.contents(of: folder)
        #expect(result.code == code, "\(result.ending)\n\(result.errors)")
        for part in message { #expect(result.errors.contains(part), "\(result.errors)") }
        #expect(after == before, "the program left or changed files: \(after.keys.sorted())")
    }

    /// All files below a folder.
    private static func contents(of folder: URL) throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            contents[path] = FileManager.default.contents(atPath: folder.appendingPathComponent(path).path) ?? Data()
        }
        return contents
    }
}
