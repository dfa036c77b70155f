import Foundation
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite("JSON documents")
struct JSONDocumentTests {
    /// What is written in the place of a text of the document, and what the error must say.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var old: String
        var new: String
        var messages: [String]

        init(_ name: String, _ old: String, _ new: String, _ messages: String...) {
            self.name = name
            self.old = old
            self.new = new
            self.messages = messages
        }

        var testDescription: String { name }
    }

    static let notice = "\"kind\" : \"stageDropped\""
    static let cases: [Case] = [
        Case(
            "an optional field misspelt", "\"offset_s\" : 7", "\"offset_s\" : 7, \"offsett_s\" : 8",
            "junctions[0].offsett_s: must be absent, found a field that the format does not have"),
        Case(
            "a needed field misspelt", "\"cycle_s\"", "\"cycleTime_s\"",
            "junctions[0].cycleTime_s: must be absent, found a field that the format does not have",
            "junctions[0].cycle_s: must be a value, found none"),
        Case(
            "two fields too many", "\"format\"", "\"comment\" : {}, \"comments\" : [], \"format\"",
            "comment: must be absent, found a field that the format does not have",
            "comments: must be absent, found a field that the format does not have"),
        Case(
            "a word that is no choice", notice, "\"kind\" : \"dropped\"",
            "notices[0].kind: must be one of \"stageDropped\", \"protectedTurnDropped\", \"stageDerived\", found \"dropped\""
        ),
        Case(
            "a number that nothing can hold", "\"offset_s\" : 7", "\"offset_s\" : 7e777",
            "junctions[0].offset_s: must be a number, found one that is damaged or too great"),
        Case(
            "a number among texts", "[\n        \"a\"\n      ]", "[\"a\", 7e777]",
            "notices[0].groups[1]: must be a text, found a value of another kind"),
        Case(
            "a text for a number", "\"offset_s\" : 7", "\"offset_s\" : \"7\"",
            "junctions[0].offset_s: must be a number, found a value of another kind"),
        Case(
            "a version between two others", "\"version\" : 1", "\"version\" : 1.5",
            "version: must be a whole number, found 1.5"),
        Case("a later version", "\"version\" : 1", "\"version\" : 2", "version: must be 1, found 2"),
        Case(
            "another format", "greenband-plan", "greenband-flows",
            "format: must be \"greenband-plan\", found \"greenband-flows\""),
        Case(
            "a group beside the start of the cycle", "\"point\" : \"cycleStart\"",
            "\"point\" : \"cycleStart\", \"group\" : \"a\"",
            "junctions[0].offsetReference.group: must be a value that is allowed here, "
                + "found a group, which the start of the cycle does not have"),
        Case(
            "several values that cannot be", "\"offset_s\" : 7", "\"offset_s\" : 90, \"offset\" : 7",
            "junctions[0].offset: must be absent, found a field that the format does not have",
            "junctions[0] \"J\" .offset_s: must be a number of 0 or more and less than 60, found 90"),
    ]

    static let plan = Plan(
        network: "n", name: "p",
        junctions: [
            JunctionPlan(
                junction: "J", cycle: 60, offset: 7,
                greens: [GroupGreens(group: "a", intervals: [GreenInterval(start: 0, duration: 20)])])
        ], notices: [PlanNotice(kind: .stageDropped, junction: "J", groups: ["a"])])

    @Test("are refused with the name of every field that is wrong", arguments: cases)
    func refused(_ broken: Case) throws {
        let folder = try TestFolder()
        let text = try String(decoding: JSONDocument.encode(Self.plan), as: UTF8.self)
        let changed = text.replacingOccurrences(of: broken.old, with: broken.new)
        let path = try folder.write(changed, to: "plan.json")
        let error = try #require(throws: FormatError.self) { try JSONDocument.read(Plan.self, from: path) }
        guard case .problems(let problems) = error.fault else {
            Issue.record("\(error)")
            return
        }
        let found = problems.map(\.description)
        #expect(changed != text)
        #expect(found.sorted() == broken.messages.sorted())
        #expect(error.file == path && error.description.contains(path))
        for message in broken.messages { #expect(error.description.contains(message)) }
    }

    @Test("name a fraction in a list of lists of whole numbers")
    func fractionInRing() throws {
        let folder = try TestFolder()
        var network = JunctionGenerator.junction(seed: 1)
        network.junctions[0].ringBarrier = RingBarrier(
            phases: [RingBarrierPhase(number: 7, groups: [])], rings: [[[7]]])
        let text = try String(decoding: JSONDocument.encode(network), as: UTF8.self)
        let lists = text.replacingOccurrences(of: "              7\n", with: "              6.5\n")
        let path = try folder.write(lists, to: "network.json")
        let error = try #require(throws: FormatError.self) { try JSONDocument.read(Network.self, from: path) }
        #expect(
            error.description
                == "\(path): junctions[0].ringBarrier.rings[0][0][0]: must be a whole number, found 6.5")
    }

    @Test("name the object of an unknown field by its identifier")
    func identifier() throws {
        let folder = try TestFolder()
        let network = JunctionGenerator.junction(seed: 1)
        let text = try String(decoding: JSONDocument.encode(network), as: UTF8.self)
        let first = try #require(text.range(of: "\"leastGreen_s\""))
        let path = try folder.write(text.replacingCharacters(in: first, with: "\"leastGren_s\""), to: "network.json")
        let error = try #require(throws: FormatError.self) { try JSONDocument.read(Network.self, from: path) }
        let name = network.junctions[0].signalGroups[0].id
        let place = "junctions[0].signalGroups[0] \"\(name)\" .leastGren_s: must be absent"
        #expect(error.description.contains(place), "\(error.description)")
    }

    @Test("are not written where they could not be read")
    func unsound() throws {
        var plan = Self.plan
        plan.junctions[0].offset = .nan
        let error = try #require(throws: FormatError.self) { try JSONDocument.encode(plan) }
        #expect(error.description.contains("junctions[0] \"J\" .offset_s"))
    }

    @Test("must fit the network where it is at hand")
    func unknownToNetwork() throws {
        let folder = try TestFolder()
        let path = try folder.write(
            String(decoding: JSONDocument.encode(Self.plan), as: UTF8.self), to: "plan.json")
        let network = JunctionGenerator.grid(rows: 1, columns: 2, seed: 1)
        let error = try #require(throws: FormatError.self) {
            try JSONDocument.read(Plan.self, from: path, for: network)
        }
        #expect(error.description.contains("must be a junction of the network, found \"J\""))
    }

    @Test("are read back to the bit", arguments: 0..<10)
    func roundTrip(seed: UInt64) throws {
        let folder = try TestFolder()
        let network = JunctionGenerator.irregular(rows: 2, columns: 2, seed: seed)
        let flows = FlowsGenerator.flows(for: network, seed: seed, intervalCount: 3)
        let plan = Plan(network: network.name, name: "p", junctions: network.junctions.map { $0.programs[0].plan })
        let counts = Counts(
            readings: network.detectors.enumerated().map { number, detector in
                DetectorReading(
                    detector: detector.id, start: 0.1 * Double(seed), length: 300,
                    count: number % 3 == 0 ? nil : Double(number) / 3, occupancy: 0.1, speed: nil)
            })
        #expect(try folder.readBack(network) == network)
        #expect(try folder.readBack(flows, for: network) == flows)
        #expect(try folder.readBack(plan, for: network) == plan)
        #expect(try folder.readBack(counts, for: network) == counts)
    }
}

extension TestFolder {
    fileprivate func readBack<Content: DocumentContent>(
        _ content: Content, for network: Network? = nil
    ) throws -> Content {
        let path = try write(String(decoding: JSONDocument.encode(content), as: UTF8.self), to: "document.json")
        return try JSONDocument.read(from: path, for: network)
    }
}
