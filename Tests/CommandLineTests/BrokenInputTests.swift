import Foundation
import Testing

@Suite("Broken input at the command line")
struct BrokenInputTests {
    typealias Case = BrokenInput

    static let sumo = ["import", "sumo", "FILE", "-o", "OUT"]
    static let loops = ["import", "e1", "FILE", "-o", "OUT"]
    static let check = ["check", "FILE", "FILE"]

    static func lane(_ attributes: String) -> String {
        "<net><edge id=\"a\" from=\"m\" to=\"n\"><lane id=\"a_0\" \(attributes)/></edge></net>"
    }

    static func phase(_ attributes: String) -> String {
        "<net><tlLogic id=\"a\" programID=\"0\"><phase \(attributes)/></tlLogic></net>"
    }

    static let cases: [Case] = [
        Case("an empty network", "", sumo, "FILE", "empty"),
        Case("a network cut short", "<net><edge id=\"a\"", sumo, "FILE:1"),
        Case("another kind of XML", "<routes/>", sumo, "<net>", "<routes>"),
        Case("XML nested a million deep", "<net>" + String(repeating: "<a>", count: 1_000_000), sumo, "FILE"),
        Case("a lane with a negative length", lane("length=\"-1\" speed=\"9\""), sumo, "length", "-1"),
        Case("a lane whose length is not a number", lane("length=\"nan\" speed=\"9\""), sumo, "length", "nan"),
        Case("a lane of absurd length", lane("length=\"1e12\" speed=\"9\""), sumo, "length", "1e12"),
        Case("a lane with a speed in words", lane("length=\"9\" speed=\"fast\""), sumo, "speed", "fast"),
        Case("an edge without a name", "<net><edge/></net>", sumo, "<edge>", "id"),
        Case("a phase with a letter that is none", phase("duration=\"5\" state=\"GX\""), sumo, "state", "X"),
        Case("a phase without end", phase("duration=\"1e30\" state=\"G\""), sumo, "duration", "1e30"),
        Case("a phase of no length", phase("duration=\"0\" state=\"G\""), sumo, "duration", "0"),
        Case("an empty document", "", check, "empty"),
        Case("a document that is not JSON", "PK\u{3}\u{4}", check, "FILE"),
        Case("a document of another format", "{\"format\": \"x\", \"version\": 1}", check, "format", "\"x\""),
        Case(
            "a document of a later version", "{\"format\": \"greenband-network\", \"version\": 9}", check, "version",
            "9"),
        Case(
            "a network without parts", "{\"format\": \"greenband-network\", \"version\": 1, \"name\": \"a\"}", check,
            "FILE"),
        Case(
            "a network with a field misspelt", "{\"format\": \"greenband-network\", \"version\": 1, \"nam\": \"a\"}",
            check, "nam: must be absent", "name: must be a value"),
        Case(
            "a network with a version between two", "{\"format\": \"greenband-network\", \"version\": 1.5}", check,
            "version: must be a whole number, found 1.5"),
        Case("JSON nested a million deep", String(repeating: "[", count: 1_000_000), check, "FILE"),
        Case(
            "loops that count less than nothing",
            "<detector><interval begin=\"0\" end=\"60\" id=\"a\" nVehContrib=\"-4\"/></detector>", loops,
            "nVehContrib", "-4"),
        Case(
            "an interval that ends before it begins",
            "<detector><interval begin=\"60\" end=\"0\" id=\"a\" nVehContrib=\"4\"/></detector>", loops, "end"),
    ]

    @Test("ends with its exit code and a message that names the place, and leaves no file", arguments: cases)
    func refused(_ broken: Case) throws { try broken.judge() }

    @Test("a missing file is named", arguments: [["import", "sumo"], ["import", "e1"]])
    func missing(command: [String]) throws {
        let result = try Program.run(command + ["/nowhere/at/all.xml"])
        #expect(result.code == 65)
        #expect(result.errors.contains("/nowhere/at/all.xml: no such file"))
    }

    @Test("an output that cannot be written is named and leaves nothing")
    func unwritable() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("e1.xml").path
        let content = "<detector><interval begin=\"0\" end=\"60\" id=\"a\" nVehContrib=\"4\"/></detector>"
        try Data(content.utf8).write(to: URL(fileURLWithPath: file))
        let result = try Program.run(["import", "e1", file, "-o", file + "/below/counts.csv"])
        #expect(result.code == 73, "\(result.errors)")
        #expect(result.errors.contains("counts.csv"))
    }

    @Test("wrong usage ends with 64", arguments: [["optimize"], ["check"], ["no-such-command"], ["flows", "x"]])
    func usage(arguments: [String]) throws {
        #expect(try Program.run(arguments).code == 64)
    }
}
