import Foundation
import SignalModel
import TestSupport
import Testing

@testable import Formats

/// Documents with every field, each kind of field broken once in every way, against schema and reader.
@Suite("Documents with one broken field")
struct BrokenDocumentTests {
    /// A document after one change, with the field that was changed.
    struct Mutant {
        var name: String
        var field: String
        var document: JSONValue
    }

    static let formats = ["network", "counts", "flows", "plan"]

    @Test(
        "are refused by schema and reader alike, and the reader names the field",
        .enabled(if: SchemaProgram.isExpected, SchemaProgram.absence), arguments: formats)
    func refused(format: String) throws {
        let document = try Self.sound(format)
        let mutants = Self.mutants(of: document)
        let faults = try SchemaProgram.faults(of: mutants.map(\.document), format: format)
        let folder = try TestFolder()
        var refused = 0
        for (mutant, faults) in zip(mutants, faults) {
            let message = try Self.message(of: mutant.document, format: format, in: folder)
            // A schema cannot say that two readings cover the same time, or that the junction has signals.
            if message?.hasSuffix("covers") == true { continue }
            if message?.hasSuffix("signal count 3, found none") == true { continue }
            if let message {
                refused += 1
                #expect(message.contains(mutant.field), "\(mutant.name): \(message)")
            }
            #expect(
                (message == nil) == faults.isEmpty, "\(mutant.name): reader \(message ?? "reads"), schema \(faults)")
        }
        #expect(refused > mutants.count / 2)
    }

    /// Numbers on both sides of every bound.
    private static let ladder = [
        -1.1e9, -1, 0, 0.0005, 0.001, 0.009, 0.01, 0.049, 0.05, 0.09, 0.1, 0.9, 1, 17, 20, 21, 61, 101, 200, 201, 1001,
        3601, 10001, 86401, 99999, 100_001, 1.1e6, 1.1e9,
    ]

    /// Numbers that other numbers of the document bound more closely, which a schema cannot say.
    private static let bounded = [
        "lanes[].length_m", "position_m", "leastGreen_s", "greatestGreen_s", "cycle_s", "offset_s",
        "intervals[].start_s",
        "duration_s", "signalIndex", "signalIndices[]", "signalCount", "phases[].number", "rings[][][]",
        "intervalCount",
        "laneShares[]", "readings[].start_s", "readings[].length_s",
    ]

    @Test(
        "Schema and reader have the same bounds for every number",
        .enabled(if: SchemaProgram.isExpected, SchemaProgram.absence), arguments: formats)
    func bounds(format: String) throws {
        let mutants = Self.parts(of: try Self.sound(format)).flatMap { document, part -> [Mutant] in
            guard case .number = part.value else { return [] }
            return Self.ladder.compactMap { number in
                document.changing(part.path[...]) { _ in .number(number) }.map {
                    Mutant(name: "\(part.path.text): \(number)", field: part.path.text, document: $0)
                }
            }
        }
        let faults = try SchemaProgram.faults(of: mutants.map(\.document), format: format)
        let folder = try TestFolder()
        for (mutant, faults) in zip(mutants, faults) {
            let message = try Self.message(of: mutant.document, format: format, in: folder)
            let pattern = mutant.field.replacing(/[0-9]+\]/, with: "]")
            let mayDiffer = faults.isEmpty && Self.bounded.contains { pattern.hasSuffix($0) }
            #expect(
                mayDiffer || (message == nil) == faults.isEmpty,
                "\(mutant.name): reader \(message ?? "reads"), schema \(faults)")
        }
    }

    private static func sound(_ format: String) throws -> JSONValue {
        switch format {
        case "network": try JSONSchemaTests.written(SmallNetwork.network)
        case "counts": try JSONSchemaTests.written(SmallNetwork.counts)
        case "flows": try JSONSchemaTests.written(SmallNetwork.flows)
        default: try JSONSchemaTests.written(SmallNetwork.plan)
        }
    }

    /// What the reader says against a document, without identifiers; nothing where it reads it.
    private static func message(of document: JSONValue, format: String, in folder: TestFolder) throws -> String? {
        let text = String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
        let path = try folder.write(text, to: "document.json")
        do {
            switch format {
            case "network": _ = try JSONDocument.read(Network.self, from: path)
            case "counts": _ = try JSONDocument.read(Counts.self, from: path)
            case "flows": _ = try JSONDocument.read(Flows.self, from: path)
            default: _ = try JSONDocument.read(Plan.self, from: path)
            }
            return nil
        } catch {
            return error.description.replacing(/\] "[^"]*" ?/, with: "]")
        }
    }

    /// The first part of each kind.
    private static func parts(
        of document: JSONValue
    ) -> [(document: JSONValue, part: (path: [JSONValue.Step], value: JSONValue))] {
        var seen = Set<String>()
        return document.parts().filter { !$0.path.isEmpty && seen.insert($0.path.pattern).inserted }.map {
            (document, $0)
        }
    }

    private static func mutants(of document: JSONValue) -> [Mutant] {
        parts(of: document).flatMap { document, part in
            changes(of: part.value, at: part.path).compactMap { change in
                document.changing(part.path[...], change.apply).map { changed in
                    Mutant(
                        name: "\(part.path.text): \(change.name)", field: part.path.text + (change.child ?? ""),
                        document: changed)
                }
            }
        }
    }

    private struct Change {
        var name: String
        /// The part that is wrong after the change, where it is not the value itself.
        var child: String?
        var apply: (JSONValue) -> JSONValue?
    }

    /// Ways to break a value.
    private static func changes(of value: JSONValue, at path: [JSONValue.Step]) -> [Change] {
        var changes = [Change(name: "null", apply: { _ in .null })]
        if case .field = path.last { changes.append(Change(name: "dropped", apply: { _ in nil })) }
        switch value {
        case .object(let fields):
            changes += [
                Change(name: "a list", apply: { _ in .list([]) }),
                Change(
                    name: "with an unknown field", child: ".unknown",
                    apply: { _ in .object(fields.merging(["unknown": .number(1)]) { $1 }) }),
            ]
        case .list: changes.append(Change(name: "an object", apply: { _ in .object([:]) }))
        case .number(let number):
            changes += [
                Change(name: "a text", apply: { _ in .text("\(number)") }),
                Change(name: "negative", apply: { _ in .number(-2e9) }),
                Change(name: "a quarter more", apply: { _ in .number(number + 0.25) }),
                Change(name: "enormous", apply: { _ in .number(2e9) }),
                Change(name: "beyond any number", apply: { _ in .number(1e300) }),
            ]
        case .text:
            changes += [
                Change(name: "a number", apply: { _ in .number(5) }), Change(name: "empty", apply: { _ in .text("") }),
            ]
        case .flag: changes.append(Change(name: "a text", apply: { _ in .text("true") }))
        case .null: break
        }
        return changes
    }
}
