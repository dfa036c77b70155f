import Foundation
import Testing

@Suite("Broken SUMO networks at the command line")
struct BrokenSUMOTests {
    private static let sumo = ["import", "sumo", "FILE", "-o", "OUT"]

    /// The sound network with one text replaced.
    private static func net(_ name: String, _ old: String, _ new: String, _ message: String...) -> BrokenInput {
        var broken = BrokenInput(name, in: "net.xml", old, new, sumo)
        broken.message = message
        return broken
    }

    /// The sound network with more in it.
    private static func more(_ name: String, _ more: String, _ message: String...) -> BrokenInput {
        var broken = BrokenInput(name, in: "net.xml", "</net>", more + "</net>", sumo)
        broken.message = message
        return broken
    }

    private static func bytes(_ name: String, _ change: (String) -> Data, _ message: String...) -> BrokenInput {
        let text = String(decoding: SoundInput.files["net.xml"] ?? Data(), as: UTF8.self)
        return BrokenInput(name, files: ["FILE": change(text)], sumo, message)
    }

    static let files: [BrokenInput] = [
        bytes("a network cut off in the middle", { Data($0.utf8.prefix(3000)) }, "FILE:59", "cut short"),
        bytes("a network in UTF-16", { $0.data(using: .utf16) ?? Data() }, "FILE: ", "UTF-8"),
        bytes(
            "entities behind UTF-16",
            { _ in "<!DOCTYPE net [<!ENTITY a \"b\">]><net>&a;</net>".data(using: .utf16) ?? Data() }, "FILE: ", "UTF-8"
        ),
        bytes(
            "entities that swell",
            { _ in Data("<!DOCTYPE net [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><net>&b;</net>".utf8) },
            "FILE: ", "entities are not accepted"),
        bytes("bytes of no meaning", { _ in Data((0..<9999).map { UInt8(truncatingIfNeeded: $0 * 31) }) }, "FILE: "),
        bytes(
            "a byte that is not UTF-8",
            { Data($0.replacing("\"WC_0\"", with: "\"W@_0\"").utf8.map { $0 == UInt8(ascii: "@") ? 0xff : $0 }) },
            "FILE:28", "UTF-8"),
        net("a character NUL", "\"WC_0\"", "\"WC\u{0}_0\"", "FILE: ", "NUL"),
        bytes("JSON instead of XML", { _ in Data("{}".utf8) }, "FILE: ", "not XML"),
        bytes("two roots", { _ in Data("<net/><net/>".utf8) }, "FILE:1", "goes on after its end"),
        more("an attribute twice", "<edge id=\"a\" id=\"b\"/>", "FILE:79", "twice"),
        more("a hundred thousand kinds of element", manyKinds, "FILE:", "nested more than 64"),
    ]

    /// Elements of a hundred thousand names, and then what ends the reading.
    private static let manyKinds: String =
        (0..<100_000).map { "<e\($0)/>" }.joined() + String(repeating: "<deep>", count: 100)

    static let numbers: [BrokenInput] = [
        net("a speed in km/h", "speed=\"13.90\"", "speed=\"139\"", "FILE:28", "\"WC_0\"", "speed", "100", "\"139\""),
        net("a lane of 10,000 km", "length=\"200.00\"", "length=\"1e7\"", "FILE:28", "length", "1000000", "\"1e7\""),
        net("a lane without end", "length=\"200.00\"", "length=\"inf\"", "FILE:28", "length", "\"inf\""),
        net("a length with its unit", "length=\"200.00\"", "length=\"200 m\"", "FILE:28", "length", "\"200 m\""),
        net("a decimal comma", "length=\"200.00\"", "length=\"200,00\"", "FILE:28", "length", "\"200,00\""),
        net("a control character in a number", "length=\"6.4\"", "length=\"&#27;[31m\"", "FILE:25", "character"),
        net("a terminal's commands", "length=\"6.4\"", "length=\"&#155;2J\"", "FILE:25", "length", "\"\u{fffd}2J\""),
        net("a node at no place", "x=\"400.00\"", "x=\"nan\"", "FILE:67", "\"E\"", "x", "\"nan\""),
        net("a node past the end of the world", "x=\"400.00\"", "x=\"1e30\"", "FILE:67", "\"1e30\""),
        net("a node without a place", "x=\"400.00\"", "", "FILE:67", "x: expected a number", "none"),
        net("an offset of 10^30 s", "offset=\"0\"", "offset=\"1e30\"", "FILE:46", "offset", "\"1e30\""),
        net("a phase of negative length", "duration=\"20\"", "duration=\"-20\"", "FILE:47", "duration", "\"-20\""),
        net("lane 10^9", "fromLane=\"1\"", "fromLane=\"1000000000\"", "FILE:70", "fromLane", "\"1000000000\""),
        net("lane -1", "toLane=\"0\"", "toLane=\"-1\"", "FILE:69", "toLane", "\"-1\""),
        net("a lane with a fraction", "fromLane=\"1\"", "fromLane=\"0.5\"", "FILE:70", "fromLane", "\"0.5\""),
        net("signal 10^30", "linkIndex=\"5\"", "linkIndex=\"1e30\"", "FILE:74", "linkIndex", "\"1e30\""),
        more(
            "a link with a hundred thousand lanes",
            "<edge id=\"L\" from=\"C\" to=\"W\">\n"
                + (0..<100_000).map { "<lane id=\"L_\($0)\" length=\"9\" speed=\"9\"/>\n" }.joined() + "</edge>",
            "FILE:144", "at most 64 lanes"),
        net(
            "a state of a million letters", "GgrrgGr\"", String(repeating: "G", count: 1_000_000) + "\"",
            "FILE:48", "state", "10000 letters", "found 1000000"),
        net(
            "a hundred thousand phases", "    </tlLogic>",
            String(repeating: "<phase duration=\"1\" state=\"GgrrgGG\"/>\n", count: 100_000) + "</tlLogic>",
            "FILE:1047", "at most 1000 phases"),
        net(
            "twenty thousand programs", "    </tlLogic>",
            "</tlLogic>"
                + (1...20_000).map {
                    "<tlLogic id=\"J\" programID=\"\($0)\"><phase duration=\"9\" state=\"GgrrgGG\"/></tlLogic>"
                }.joined(),
            "FILE:56", "\"J\"", "at most 100 programs"),
    ]

    static let references: [BrokenInput] = [
        net("a link that occurs twice", "id=\"EC\"", "id=\"WC\"", "FILE:30", "\"WC\" occurs twice"),
        net("a lane that occurs twice", "id=\"EC_1\"", "id=\"EC_0\"", "FILE:30", "\"EC_0\" occurs twice"),
        net("a node that occurs twice", "<junction id=\"W\"", "<junction id=\"E\"", "FILE:67", "\"E\" occurs twice"),
        net(
            "a link to nowhere", "from=\"C\" to=\"W\"", "from=\"C\" to=\"Z\"", "FILE:37",
            "to: there is no junction \"Z\""),
        net("a link without lanes", "<lane id=\"WC_0\"", "<lame id=\"WC_0\"", "FILE:27", "at least one <lane>"),
        net("a turn from an unknown link", "from=\"SC\"", "from=\"ZC\"", "FILE:71", "from: there is no edge \"ZC\""),
        net(
            "a turn that jumps", "from=\"EC\" to=\"CW\"", "from=\"EC\" to=\"EC\"", "FILE:69", "starts at junction \"C\""
        ),
        net(
            "a path inside the node that leads in a circle", "from=\":C_6\" to=\"CS\" fromLane=\"0\" toLane=\"0\"",
            "from=\":C_6\" to=\"CS\" fromLane=\"0\" toLane=\"0\" via=\":C_1_0\"", "FILE:70", "via", "back to itself"),
        net("a turn over an unknown lane", "via=\":C_2_0\"", "via=\":C_9_0\"", "FILE:71", "via", "\":C_9_0\""),
        net("an unknown controller", "tl=\"J\"", "tl=\"K\"", "FILE:69", "tl: there is no tlLogic \"K\""),
        net("a signal past the state", "linkIndex=\"5\"", "linkIndex=\"7\"", "FILE:74", "linkIndex", "7 letters"),
        net("states of different lengths", "GgrrgGr\"", "GgrrgG\"", "FILE:48", "state", "7 letters", "found 6"),
        net("a crossing over an unknown link", "\"CS SC\"", "\"CS ZZ\"", "FILE:24", "crossingEdges", "\"ZZ\""),
        net("a crossing of no node", "\":C_c0\"", "\"zebra\"", "FILE:24", "\"zebra\"", ":junction_cNUMBER"),
        net(
            "a conflict that occurs twice", "request index=\"1\"", "request index=\"0\"", "FILE:59", "index", "found 0"),
        net(
            "a conflict that is left out", "foes=\"0001000\"", "foes=\"000100\"", "FILE:58", "foes", "7 bits", "found 6"
        ),
        net("a conflict in other signs", "foes=\"0001000\"", "foes=\"000x000\"", "FILE:58", "foes", "bits 0 and 1"),
        more("a program without phases", "<tlLogic id=\"K\" programID=\"0\"/>", "FILE:79", "\"K\"", "<phase>"),
    ]

    @Test("ends with its exit code and a message that names the place", arguments: files + numbers + references)
    func refused(_ broken: BrokenInput) throws { try broken.judge() }

    @Test("phases that follow each other in a circle are read in their order, and the program says so")
    func phasesInCircle() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let circle = try text(of: "net.xml").replacing("state=\"GgrrgGG\"", with: "state=\"GgrrgGG\" next=\"0\"")
        try Data(circle.utf8).write(to: folder.appendingPathComponent("net.xml"))
        let result = try Program.run(
            ["import", "sumo", "net.xml", "-o", "network.json"], in: folder, timeLimit: 20)
        #expect(result.code == 0, "\(result.ending)\n\(result.errors)")
        #expect(result.output.contains("not carried over: order of phases by next (1): J"))
    }

    @Test("a link from a node to itself whose movement leads back into it is carried through all commands")
    func linkToItself() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let loop = """
            <edge id="L" from="C" to="C"><lane id="L_0" length="90" speed="9"/></edge>
            <connection from="L" to="L" fromLane="0" toLane="0" dir="s"/>
            <connection from="WC" to="L" fromLane="0" toLane="0" dir="l"/></net>
            """
        try Data(try text(of: "net.xml").replacing("</net>", with: loop).utf8)
            .write(to: folder.appendingPathComponent("net.xml"))
        let rows = (0..<6).map { "L_0/entry,\($0 * 300),300,\(40 + $0),,\n" }.joined()
        try Data((try text(of: "counts.csv") + rows).utf8).write(to: folder.appendingPathComponent("counts.csv"))
        for line in [
            "import sumo net.xml -o network.json", "flows network.json --counts counts.csv -o flows.json",
            "export sumo-routes network.json --flows flows.json -o routes.xml",
            "optimize network.json --flows flows.json --effort 1 -o plan.json",
            "evaluate network.json plan.json --flows flows.json", "check network.json plan.json",
            "export sumo-network network.json --folder . --name loop",
        ] {
            let result = try Program.run(line.split(separator: " ").map(String.init), in: folder, timeLimit: 20)
            #expect(result.code == 0, "\(line): \(result.ending)\n\(result.errors)")
        }
    }

    private func text(of sound: String) throws -> String {
        String(decoding: try #require(SoundInput.files[sound]), as: UTF8.self)
    }
}
