import Foundation
import TestSupport
import Testing

/// The Python package jsonschema in the package's virtual environment, which holds documents against the schemas.
enum SchemaProgram {
    /// Where the schemas are.
    static let folder = ProjectFolder.root.appendingPathComponent("Sources/Formats/Schemas")

    /// Whether tests that hold documents against schemas are to run: always in CI.
    static var isExpected: Bool { ProjectFolder.isPythonExpected }

    /// What the run says beside a skipped test.
    static let absence: Comment = "there is no .venv (Tools/setup): the test is skipped"

    /// Holds each line of a file against a schema and prints its faults; schemas may refer to each other by file name.
    private static let script = """
        import json, pathlib, sys
        from jsonschema import Draft202012Validator
        from referencing import Registry, Resource
        schemas = {path.name: json.loads(path.read_text()) for path in pathlib.Path(sys.argv[1]).glob("*.schema.json")}
        for schema in schemas.values():
            Draft202012Validator.check_schema(schema)
        registry = Registry().with_resources((name, Resource.from_contents(it)) for name, it in schemas.items())
        validator = Draft202012Validator(schemas[sys.argv[2] + ".schema.json"], registry=registry)
        for line in open(sys.argv[3]):
            print(json.dumps([error.json_path + ": " + error.message[:200]
                              for error in validator.iter_errors(json.loads(line))]))
        """

    /// What a schema says against each of some documents.
    static func faults(of documents: [JSONValue], format: String) throws -> [[String]] {
        let folder = try TestFolder()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let lines = try documents.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        let input = try folder.write(lines.joined(separator: "\n"), to: "documents.jsonl")
        let process = Process()
        process.executableURL = ProjectFolder.python
        process.arguments = ["-c", script, Self.folder.path, format, input]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "jsonschema failed")
        let faults = try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            try JSONDecoder().decode([String].self, from: Data($0.utf8))
        }
        try #require(faults.count == documents.count)
        return faults
    }
}
