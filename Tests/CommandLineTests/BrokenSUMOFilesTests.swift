import Foundation
import Testing

@Suite("Broken files beside a SUMO network, and compressed ones, at the command line")
struct BrokenSUMOFilesTests {
    private static func additional(_ name: String, _ content: String, _ message: String...) -> BrokenInput {
        BrokenInput(
            name, files: ["FILE": Data(content.utf8)],
            ["import", "sumo", "net.xml", "--additional", "FILE", "-o", "OUT"], message)
    }

    private static func program(_ name: String, _ logic: String, _ phases: String, _ message: String...) -> BrokenInput
    {
        let content = "<additional>\n<tlLogic \(logic)>\n\(phases)</tlLogic></additional>"
        var broken = additional(name, content)
        broken.message = message
        return broken
    }

    static let programs: [BrokenInput] = [
        additional("an empty additional file", "", "FILE: ", "empty"),
        additional("an additional file of another kind", "<routes/>", "FILE:1", "<additional>", "<routes>"),
        additional("an additional file cut short", "<additional>\n<tlLogic id=\"J\"", "FILE:2"),
        program(
            "a program that the network has", "id=\"J\" programID=\"0\"", phase("GgrrgGG"), "FILE:2", "program 0",
            "twice"),
        program(
            "a program of another state", "id=\"J\" programID=\"1\"", phase("G"), "FILE:2", "7 letters", "found 1"),
        program("a program without a name", "id=\"J\"", phase("GgrrgGG"), "FILE:2", "programID"),
        program("a program without phases", "id=\"J\" programID=\"1\"", "", "FILE:2", "at least one <phase>"),
        program(
            "a program with a letter that is none", "id=\"J\" programID=\"1\"", phase("GgrrgGQ"), "FILE:3", "state",
            "\"Q\""),
        program(
            "a least duration below nothing", "id=\"J\" programID=\"1\" type=\"actuated\"",
            "<phase minDur=\"-5\" state=\"GgrrgGG\"/>\n", "FILE:3", "minDur", "\"-5\""),
    ]

    private static func phase(_ state: String) -> String { "<phase duration=\"9\" state=\"\(state)\"/>\n" }

    private static func types(_ name: String, _ content: String, _ message: String...) -> BrokenInput {
        BrokenInput(
            name, files: ["FILE": Data(content.utf8)],
            ["import", "sumo", "net.xml", "--vehicle-types", "FILE", "-o", "OUT"], message)
    }

    static let vehicles: [BrokenInput] = [
        types("an empty file of types", "", "FILE: ", "empty"),
        types("types of another kind", "<net/>", "FILE:1", "<routes>", "<net>"),
        types("a type without a name", "<routes><vType/></routes>", "FILE:1", "<vType>", "id"),
        types(
            "a type that occurs twice", "<routes><vType id=\"a\"/>\n<vType id=\"a\"/></routes>", "FILE:2", "twice"),
        types(
            "a vehicle of negative length", "<routes><vType id=\"a\" length=\"-5\"/></routes>", "FILE:1", "length",
            "\"-5\""),
        types("a headway of no time", "<routes><vType id=\"a\" tau=\"0\"/></routes>", "FILE:1", "tau", "\"0\""),
        types("a gap of NaN", "<routes><vType id=\"a\" minGap=\"nan\"/></routes>", "FILE:1", "minGap", "\"nan\""),
        types(
            "a greatest speed without end", "<routes><vType id=\"a\" maxSpeed=\"inf\"/></routes>", "FILE:1",
            "maxSpeed", "\"inf\""),
    ]

    private static func gzip(_ name: String, _ change: (inout Data) -> Void, _ message: String...) -> BrokenInput {
        var data = compressedNetwork
        change(&data)
        return BrokenInput(name, files: ["FILE.gz": data], ["import", "sumo", "FILE.gz", "-o", "OUT"], message)
    }

    private static let compressedNetwork: Data = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-c"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
            // Smaller than a pipe holds.
            try input.fileHandleForWriting.write(contentsOf: SoundInput.files["net.xml"] ?? Data())
            try input.fileHandleForWriting.close()
            return try output.fileHandleForReading.readToEnd() ?? Data()
        } catch {
            preconditionFailure("gzip cannot be used: \(error)")
        }
    }()

    static let compressed: [BrokenInput] = [
        gzip("a compressed network cut short", { $0 = $0.prefix(300) }, "FILE.gz: ", "gzip", "cut short"),
        gzip("a compressed network with one byte wrong", { $0[200] ^= 0xff }, "FILE.gz: ", "gzip", "damaged"),
        gzip("a compressed network with the wrong sum", { $0[$0.count - 6] ^= 1 }, "FILE.gz: ", "gzip", "damaged"),
        gzip("the start of a compressed file", { $0 = $0.prefix(2) }, "FILE.gz: ", "gzip"),
        gzip("a compressed network with more behind it", { $0 += Data("more".utf8) }, "FILE.gz: ", "gzip"),
        gzip("text under a name for compressed files", { $0 = Data("<net/>".utf8) }, "FILE.gz: ", "not gzip data"),
    ]

    @Test("ends with its exit code and a message that names the place", arguments: programs + vehicles + compressed)
    func refused(_ broken: BrokenInput) throws { try broken.judge() }

    @Test("the network from which the compressed files are made is sound")
    func sound() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.compressedNetwork.write(to: folder.appendingPathComponent("net.xml.gz"))
        let result = try Program.run(["import", "sumo", "net.xml.gz", "-o", "OUT"], in: folder, timeLimit: 20)
        #expect(result.code == 0, "\(result.errors)")
    }
}
