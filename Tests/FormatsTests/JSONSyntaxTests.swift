import Foundation
import SignalModel
import Testing

@testable import Formats

@Suite("Places where a text stops being JSON")
struct JSONSyntaxTests {
    static let broken: [(text: String, line: Int)] = [
        ("{\"a\": 1,\n\"b\": }", 2), ("{", 1), ("{\"a\": 1,\n\"c\": \"x\n\"}", 2), ("[1,\n2\n\n\n", 2),
        ("[1]\n\nx", 3), ("{\n'a': 1}", 2), ("{\n\"a\" 1}", 2), ("[1,\n]", 2), ("{\"a\": 1,\n}", 2), ("[1}\n", 1),
        ("[\n01]", 2), ("[\n1.]", 2), ("[\n1e]", 2), ("[\n-]", 2), ("[\n+1]", 2), ("[\nnan]", 2), ("[\ntru]", 2),
        ("[\"\\x\"]", 1), ("[\n\"\\u12g4\"]", 2), ("[1\n2]", 2), ("\u{feff}{\n,}", 2), (":", 1),
    ]

    @Test("are named by their line", arguments: broken)
    func named(text: String, line: Int) {
        #expect(JSONSyntax.faultyLine(in: Data(text.utf8)) == line)
    }

    @Test(
        "are in no sound text",
        arguments: [
            "1", "\"a\"", "null", "[]", "{}", " [true, false, null, -0, 0.5, 1e9, -1.5E-9, {}]\n",
            "{\"a\": {\"b\": []}, \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é道\": \"\"}", "\u{feff}{}", "[1e999]",
        ])
    func none(text: String) {
        #expect(JSONSyntax.faultyLine(in: Data(text.utf8)) == nil)
    }

    @Test("are not sought where a text is nested deeper than decoders go")
    func deep() {
        #expect(JSONSyntax.faultyLine(in: Data(String(repeating: "[\n", count: 500).utf8)) == 500)
        #expect(JSONSyntax.faultyLine(in: Data(String(repeating: "[\n", count: 1_000_000).utf8)) == nil)
    }

    @Test("name the line in the errors of documents")
    func document() throws {
        let folder = try TestFolder()
        let text = "{\"format\": \"greenband-counts\",\n\"version\": 1,\n\"readings\": [}"
        let path = try folder.write(text, to: "counts.json")
        let error = #expect(throws: FormatError.self) { try JSONDocument.read(Counts.self, from: path) }
        #expect(error?.description == "\(path):3: not well formed: not JSON")
    }
}
