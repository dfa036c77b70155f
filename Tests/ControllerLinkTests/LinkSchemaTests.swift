import ControllerLink
import Foundation
import TestSupport
import Testing

@Suite("The schemas of links")
struct LinkSchemaTests {
    static var isExpected: Bool { ProjectFolder.isPythonExpected }

    /// Prints how many faults each line of standard input has.
    private static let script = """
        import json, pathlib, sys
        from jsonschema import Draft202012Validator
        from referencing import Registry, Resource
        schemas = {path.name: json.loads(path.read_text())
                   for folder in sys.argv[2:] for path in pathlib.Path(folder).glob("*.schema.json")}
        Draft202012Validator.check_schema(schemas[sys.argv[1]])
        registry = Registry().with_resources((name, Resource.from_contents(it)) for name, it in schemas.items())
        validator = Draft202012Validator(schemas[sys.argv[1]], registry=registry)
        for line in sys.stdin:
            print(len(list(validator.iter_errors(json.loads(line)))))
        """

    /// Whether the schema takes each line.
    private static func verdicts(on lines: [String], by schema: String) async throws -> [Bool] {
        try await aside { try validate(lines, by: schema) }
    }

    private static func validate(_ lines: [String], by schema: String) throws -> [Bool] {
        let process = Process()
        process.executableURL = ProjectFolder.python
        process.arguments =
            ["-c", script, schema]
            + ["ControllerLink", "Formats"].map { ProjectFolder.root.path + "/Sources/\($0)/Schemas" }
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(lines.joined(separator: "\n").utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "jsonschema failed")
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map { $0 == "0" }
    }

    @Test("hold for every message, and for none with a field missing or too many", .enabled(if: isExpected))
    func messages() async throws {
        try await Self.check(
            EveryMessage.centre.map { try LinkCodec.line($0, number: 1) }
                + EveryMessage.edge.map { try LinkCodec.line($0, number: 1) }, by: "link.schema.json")
        try await Self.check(
            EveryMessage.feed.map { try LinkCodec.line($0, number: 1) }
                + EveryMessage.feedAnswers.map { try LinkCodec.line($0, number: 1) }, by: "feed.schema.json")
    }

    private static func check(_ lines: [String], by schema: String) async throws {
        let sound = lines.map { $0.trimmingCharacters(in: .newlines) }
        #expect(try await verdicts(on: sound, by: schema) == sound.map { _ in true })
        let without = sound.map { $0.replacingOccurrences(of: "\"number\":1,", with: "") }
        let with = sound.map { $0.dropLast() + ",\"colour\":1}" }.map(String.init)
        let broken = without + with
        #expect(try await verdicts(on: broken, by: schema) == broken.map { _ in false })
    }
}
