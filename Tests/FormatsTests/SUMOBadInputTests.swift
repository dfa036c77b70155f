import Foundation
import SignalModel
import TestSupport
import Testing

@testable import Formats

/// One way in which a SUMO network is broken, and what the error must say.
struct BadNetwork: Sendable, CustomTestStringConvertible {
    var name: String
    var old = ""
    var new = ""
    var data: Data?
    var file = "bad.net.xml"
    /// What the message must end with, or contain where it starts with an asterisk.
    var message: String

    var testDescription: String { name }

    /// A network in which one text is replaced by another.
    static func replacing(_ name: String, _ old: String, _ new: String, _ message: String) -> BadNetwork {
        BadNetwork(name: name, old: old, new: new, message: message)
    }

    /// A file of its own.
    static func file(_ name: String, _ data: Data, _ message: String, named file: String = "bad.net.xml") -> BadNetwork
    {
        BadNetwork(name: name, data: data, file: file, message: message)
    }

    static let table: [BadNetwork] = [
        .file("empty", Data(), "not well formed: the file is empty"),
        .file("binary", Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ 7) }), "*not well formed: "),
        .file("cut short", Data(SUMOTestNetwork.text().utf8.prefix(2000)), "*not well formed: "),
        .file(
            "cut short gzip", Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b]),
            "not well formed: the gzip data is damaged or cut short", named: "bad.net.xml.gz"),
        .file("not gzip", Data("plain".utf8), "not well formed: not gzip data", named: "bad.net.xml.gz"),
        .file("two roots", Data("<net/><net/>".utf8), "*not well formed: "),
        .file(
            "another kind of file", Data("<routes/>".utf8), "bad.net.xml:1: <routes>: expected <net>, found <routes>"),
        .file("nothing in it", Data("<net/>".utf8), "expected at least one <edge>, found none"),
        .file(
            "a million deep", Data(String(repeating: "<net>", count: 1_000_000).utf8),
            "elements nested more than 64 deep"),
        .file(
            "external entity", Data("<!DOCTYPE net [<!ENTITY e SYSTEM \"/etc/hostname\">]><net>&e;</net>".utf8),
            "not well formed: document types and entities are not accepted"),
        .file(
            "swelling entities",
            Data("<!DOCTYPE net [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><net>&b;</net>".utf8),
            "not well formed: document types and entities are not accepted"),
        .replacing(
            "attribute twice", "<edge id=\"WC\"", "<edge id=\"WC\" id=\"WD\"", "*not well formed: "),
        .replacing(
            "text for a number", "length=\"6.4\"", "length=\"long\"",
            #"<lane> id ":C_c0_0": length: expected a number from 0.01 to 1000000, found "long""#),
        .replacing(
            "not a number", "x=\"200.00\" y=\"200.00\"", "x=\"nan\" y=\"200.00\"",
            #"<junction> id "C": x: expected a number from -1000000000 to 1000000000, found "nan""#),
        .replacing(
            "negative length", "length=\"6.4\"", "length=\"-3\"",
            #"<lane> id ":C_c0_0": length: expected a number from 0.01 to 1000000, found "-3""#),
        .replacing(
            "absurd speed", "id=\"SC_0\" index=\"0\" disallow=\"tram rail\" speed=\"13.90\"",
            "id=\"SC_0\" index=\"0\" speed=\"50000\"",
            #"<lane> id "SC_0": speed: expected a number from 0.01 to 100, found "50000""#),
        .replacing(
            "infinite length", "length=\"6.4\"", "length=\"1e999\"",
            #"<lane> id ":C_c0_0": length: expected a number from 0.01 to 1000000, found "1e999""#),
        .replacing(
            "missing length", " length=\"6.4\"", "",
            #"<lane> id ":C_c0_0": length: expected a number from 0.01 to 1000000, found none"#),
        .replacing("missing identifier", "<edge id=\"WC\"", "<edge", "<edge>: id: expected a text, found none"),
        .replacing(
            "bad shape", "length=\"6.4\"", "length=\"6.4\" shape=\"0,0 1;1\"",
            #"<lane> id ":C_c0_0": shape: expected coordinates x,y, found "1;1""#),
        .replacing("edge twice", "<edge id=\"EC\"", "<edge id=\"WC\"", #"<edge> id "WC": "WC" occurs twice"#),
        .replacing("lane twice", "<lane id=\"EC_1\"", "<lane id=\"EC_0\"", #"<edge> id "EC": "EC_0" occurs twice"#),
        .replacing(
            "junction twice", "<junction id=\"W\"", "<junction id=\"C\"", #"<junction> id "C": "C" occurs twice"#),
        .replacing(
            "edge without a lane", "<edge id=\"CE\" from=\"C\" to=\"E\" priority=\"-1\">",
            "<edge id=\"X\" from=\"C\" to=\"E\"></edge><edge id=\"CE\" from=\"C\" to=\"E\" priority=\"-1\">",
            #"<edge> id "X": expected at least one <lane>, found none"#),
        .replacing(
            "edge from nowhere", "from=\"W\" to=\"C\"", "from=\"Q\" to=\"C\"",
            #"<edge> id "WC": from: there is no junction "Q""#),
        .replacing(
            "connection from nowhere", "<connection from=\"SC\" to=\"CE\"", "<connection from=\"QC\" to=\"CE\"",
            #"<connection>: from: there is no edge "QC""#),
        .replacing(
            "connection to another junction", "<connection from=\"SC\" to=\"CE\"", "<connection from=\"SC\" to=\"WC\"",
            #"<connection>: to: expected an edge that starts at junction "C", found "WC""#),
        .replacing(
            "lane that is not there", "from=\"EC\" to=\"CS\" fromLane=\"1\"", "from=\"EC\" to=\"CS\" fromLane=\"7\"",
            #"<connection>: fromLane: there is no lane "EC_7""#),
        .replacing(
            "negative lane", "from=\"EC\" to=\"CS\" fromLane=\"1\"", "from=\"EC\" to=\"CS\" fromLane=\"-1\"",
            #"<connection>: fromLane: expected a whole number from 0 to 1000, found "-1""#),
        .replacing(
            "inner lane that is not there", "via=\":C_2_0\"", "via=\":C_99_0\"",
            #"<connection>: via: there is no lane ":C_99_0""#),
        .replacing(
            "inner lanes in a circle", "<connection from=\":C_6\" to=\"CS\" fromLane=\"0\" toLane=\"0\"",
            "<connection from=\":C_6\" to=\"CS\" fromLane=\"0\" toLane=\"0\" via=\":C_1_0\"",
            #"<connection>: via: expected lanes that lead out of the junction, found ":C_1_0", which leads back to itself"#
        ),
        .replacing(
            "connection twice", "<connection from=\":C_w0\"",
            "<connection from=\"SC\" to=\"CE\" fromLane=\"0\" toLane=\"0\"/><connection from=\":C_w0\"",
            #"<connection>: "connection from SC_0 to CE_0" occurs twice"#),
        .replacing(
            "controller without a program", "tl=\"J\" linkIndex=\"2\"", "tl=\"K\" linkIndex=\"2\"",
            #"<connection>: tl: there is no tlLogic "K""#),
        .replacing(
            "signal without a number", "tl=\"J\" linkIndex=\"2\"", "tl=\"J\"",
            "<connection>: linkIndex: expected a whole number, found none"),
        .replacing(
            "signal beyond the states", "linkIndex=\"2\"", "linkIndex=\"7\"",
            #"<connection>: linkIndex: expected a place in the 7 letters of tlLogic "J", found 7"#),
        .replacing(
            "state of another length", "state=\"rrGGrrr\"", "state=\"rrGGrr\"",
            "<phase>: state: expected 7 letters as in the first phase, found 6"),
        .replacing(
            "letter that SUMO does not know", "state=\"rrGGrrr\"", "state=\"rrGXrrr\"",
            #"<phase>: state: expected letters out of r u g G y Y s o O, found "X""#),
        .replacing(
            "phase without length", "<phase duration=\"15\"", "<phase",
            "<phase>: duration: expected a number from 0.001 to 1000000, found none"),
        .replacing(
            "phase of no length", "<phase duration=\"15\"", "<phase duration=\"0\"",
            #"<phase>: duration: expected a number from 0.001 to 1000000, found "0""#),
        .replacing(
            "program without phases", "</tlLogic>", "</tlLogic><tlLogic id=\"J\" programID=\"1\"/>",
            #"<tlLogic> id "J": expected at least one <phase>, found none"#),
        .replacing(
            "program of more than a day", "<phase duration=\"15\"", "<phase duration=\"90000\"",
            #"<tlLogic> id "J": expected phases of 1 to 86400 s in all, found 90044 s"#),
        .replacing(
            "program twice", "</tlLogic>",
            "</tlLogic><tlLogic id=\"J\" programID=\"0\"><phase duration=\"9\" state=\"rrrrrrr\"/></tlLogic>",
            #"<tlLogic> id "J": programID: "program 0" occurs twice"#),
        .replacing(
            "programs of different size", "</tlLogic>",
            "</tlLogic><tlLogic id=\"J\" programID=\"1\"><phase duration=\"9\" state=\"rrr\"/></tlLogic>",
            #"<tlLogic> id "J": expected states of 7 letters as in program 0, found 3"#),
        .replacing(
            "request with other than bits", "response=\"1110000\"", "response=\"11x0000\"",
            #"<request>: response: expected bits 0 and 1, found "11x0000""#),
        .replacing(
            "crossing over no edge", "crossingEdges=\"CS SC\"", "crossingEdges=\"CS QQ\"",
            #"<edge> id ":C_c0": crossingEdges: there is no edge "QQ""#),
    ]
}

@Suite struct SUMOBadInputTests {
    @Test("A broken network gives an error that names the place and the fault", arguments: BadNetwork.table)
    func brokenNetwork(_ bad: BadNetwork) throws {
        let folder = try TestFolder()
        let sound = SUMOTestNetwork.text()
        if bad.data == nil { try #require(sound.contains(bad.old)) }
        let data = bad.data ?? Data(sound.replacingOccurrences(of: bad.old, with: bad.new).utf8)
        let path = try folder.write(data, to: bad.file)
        let error = try #require(throws: FormatError.self) { try SUMONetworkReader.read(network: path) }
        let message = error.description
        #expect(message.hasPrefix(path), "\(message)")
        #expect(!message.contains("\n"))
        if bad.message.hasPrefix("*") {
            #expect(message.contains(bad.message.dropFirst()), "\(message)")
        } else {
            #expect(message.hasSuffix(bad.message), "\(message)")
        }
    }

    @Test("An error names the line that the element starts on")
    func lineOfError() throws {
        let folder = try TestFolder()
        let lines = SUMOTestNetwork.text().replacingOccurrences(of: "length=\"6.4\"", with: "length=\"-3\"")
        let path = try folder.write(lines, to: "bad.net.xml")
        let number = try #require(lines.split(separator: "\n").firstIndex { $0.contains("length=\"-3\"") }) + 1
        let error = try #require(throws: FormatError.self) { try SUMONetworkReader.read(network: path) }
        #expect(
            error.location == .element("lane", id: ":C_c0_0", attribute: "length", line: number), "\(error.description)"
        )
    }

    @Test("A missing file and a folder are errors of their own")
    func noFile() throws {
        let folder = try TestFolder()
        let missing = folder.url.appendingPathComponent("none.net.xml").path
        let error = #expect(throws: FormatError.self) { try SUMONetworkReader.read(network: missing) }
        #expect(error?.fault == .missing)
        let other = #expect(throws: FormatError.self) { try SUMONetworkReader.read(network: folder.url.path) }
        #expect(other?.fault == .unreadable("it is a folder"))
    }

    @Test(
        "A broken count file gives an error that names the attribute",
        arguments: [
            ("<detector/>", "expected at least one <interval>, found none"),
            (
                #"<detector><interval begin="0" end="0" id="a" nVehContrib="1"/></detector>"#,
                "end: expected 0.1 to 86400 s after begin 0.0, found 0.0"
            ),
            (
                #"<detector><interval begin="0" end="60" id="a" nVehContrib="-1"/></detector>"#,
                #"nVehContrib: expected a number from 0 to 1000000, found "-1""#
            ),
            (
                #"<detector><interval begin="0" end="60" nVehContrib="1"/></detector>"#,
                "id: expected a text, found none"
            ),
            (
                #"<detector><interval begin="zero" end="60" id="a" nVehContrib="1"/></detector>"#,
                #"begin: expected a number from 0 to 1000000000, found "zero""#
            ),
        ])
    func brokenCounts(_ text: String, _ message: String) throws {
        let folder = try TestFolder()
        let path = try folder.write(text, to: "e1.xml")
        let error = try #require(throws: FormatError.self) { try SUMODetectorOutputReader.read(path) }
        #expect(error.description.hasSuffix(message), "\(error.description)")
    }

    @Test(
        "A broken route file gives an error that names the attribute",
        arguments: [
            (#"<routes><vType id="a"/><vType id="a"/></routes>"#, #"<vType> id "a": "a" occurs twice"#),
            (#"<routes><vType/></routes>"#, "<vType>: id: expected a text, found none"),
            (
                #"<routes><vType id="a" length="0"/></routes>"#,
                #"<vType> id "a": length: expected a number from 0.1 to 100, found "0""#
            ),
            (
                #"<routes><vTypeDistribution id="a"/><vType id="a"/></routes>"#, #"<vType> id "a": "a" occurs twice"#
            ),
            (
                #"<routes><vTypeDistribution id="a" vTypes="b c" probabilities="1"/></routes>"#,
                #"probabilities: expected a number of 0 or more for each of 2 types, found "1""#
            ),
            (
                #"<routes><flow id="a"/></routes>"#,
                #"<flow> id "a": expected number, period, vehsPerHour or probability, found none of them"#
            ),
            (
                #"<routes><flow id="a" begin="0:nine:0" period="9"/></routes>"#,
                #"begin: expected a time in s or as hours:minutes:seconds, found "0:nine:0""#
            ),
            ("<net/>", "<net>: expected <additional> or <routes>, found <net>"),
        ])
    func brokenRoutes(_ text: String, _ message: String) throws {
        let folder = try TestFolder()
        let network = try folder.write(SUMOTestNetwork.text(), to: "t.net.xml")
        let path = try folder.write(text, to: "t.rou.xml")
        let error = try #require(throws: FormatError.self) {
            try SUMONetworkReader.read(network: network, vehicleTypes: path)
        }
        #expect(error.description.hasSuffix(message), "\(error.description)")
    }

    @Test("Whatever lines and values of a network are lost, doubled or swapped, it is read or refused, never worse")
    func damagedNetworks() throws {
        let folder = try TestFolder()
        let sound = SUMOTestNetwork.text().split(separator: "\n").map(String.init)
        var generator = SplitMix64(seed: 20)
        var refused = 0
        for _ in 0..<400 {
            var lines = sound
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let here = Int.random(in: 0..<lines.count, using: &generator)
                let there = Int.random(in: 0..<lines.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: lines.remove(at: here)
                case 1: lines.insert(lines[here], at: there)
                case 2: lines.swapAt(here, there)
                default:
                    // A value of one line goes where another stood.
                    let values = lines[there].split(separator: "\"", omittingEmptySubsequences: false)
                    var parts = lines[here].split(separator: "\"", omittingEmptySubsequences: false)
                    guard parts.count > 2, values.count > 2 else { continue }
                    let value = values[2 * Int.random(in: 0..<(values.count / 2), using: &generator) + 1]
                    parts[2 * Int.random(in: 0..<(parts.count / 2), using: &generator) + 1] = value
                    lines[here] = parts.joined(separator: "\"")
                }
            }
            let path = try folder.write(lines.joined(separator: "\n"), to: "d.net.xml")
            do {
                let network = try SUMONetworkReader.read(network: path).network
                #expect(network.problems() == [])
                let junctions = network.junctions.compactMap { $0.programs.first?.plan }
                let plan = Plan(network: network.name, name: "p", junctions: junctions)
                _ = try SUMOProgramWriter.additionalFile(for: plan, network: network)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 100 && refused < 400)
    }

    @Test("Text from a file reaches a message on one line and cut to size")
    func hostileText() {
        let name = "a\nb\u{1b}" + String(repeating: "x", count: 500)
        let error = FormatError(file: "a", fault: .unknownReference(kind: "node", name: name))
        #expect(!error.description.contains { $0 == "\n" || $0 == "\u{1b}" })
        #expect(error.description.count < 130)
    }
}
