import Foundation
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite("JSON schemas")
struct JSONSchemaTests {
    private static let networks = ProjectFolder.root.appendingPathComponent("Networks")

    /// A document as the program writes it.
    static func written(_ content: some DocumentContent) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: JSONDocument.encode(content))
    }

    @Test(
        "hold for what the program writes of generated networks and of one with every field",
        .enabled(if: SchemaProgram.isExpected, SchemaProgram.absence))
    func generated() throws {
        var networks = [SmallNetwork.network]
        for seed in 0..<4 as Range<UInt64> {
            networks += [
                JunctionGenerator.junction(seed: seed), JunctionGenerator.joinedJunction(seed: seed),
                JunctionGenerator.irregular(rows: 2, columns: 2, seed: seed),
            ]
        }
        let plans = networks.map { network in
            Plan(network: network.name, name: "own", junctions: network.junctions.flatMap { $0.programs.map(\.plan) })
        }
        let flows = networks.dropFirst().map { FlowsGenerator.flows(for: $0, seed: 1, intervalCount: 3) }
        let documents = [
            "network": try networks.map(Self.written), "plan": try (plans + [SmallNetwork.plan]).map(Self.written),
            "flows": try (flows + [SmallNetwork.flows]).map(Self.written),
            "counts": try [SmallNetwork.counts].map(Self.written),
        ]
        for (format, documents) in documents {
            let faults = try SchemaProgram.faults(of: documents, format: format).flatMap(\.self)
            #expect(faults == [], "\(format)")
        }
    }

    @Test(
        "hold for the networks of the repository and their counts",
        .enabled(if: SchemaProgram.isExpected, SchemaProgram.absence), arguments: ["district", "hangzhou"])
    func repository(name: String) throws {
        let folder = Self.networks.appendingPathComponent(name)
        let data = try Data(contentsOf: folder.appendingPathComponent("network.json"))
        let counts = try CountsCSV.read(folder.appendingPathComponent("counts.csv").path)
        let network = try SchemaProgram.faults(
            of: [JSONDecoder().decode(JSONValue.self, from: data)], format: "network")
        let countFaults = try SchemaProgram.faults(of: [Self.written(counts)], format: "counts")
        #expect(network == [[]])
        #expect(countFaults == [[]])
    }

    @Test(
        "say of every field what it means, and of every number its unit",
        arguments: ["network", "counts", "flows", "plan"])
    func described(format: String) throws {
        let properties = try Self.properties(of: format)
        #expect(properties.count > 5)
        for (name, property) in properties {
            guard case .object(let keywords) = property else {
                Issue.record("\(name) is not described")
                continue
            }
            guard case .text(let description) = keywords["description"] else {
                Issue.record("\(name) has no description")
                continue
            }
            #expect(description.hasSuffix("."), "\(name)")
            let isNumber = property.parts().contains { part in
                part.path.last == .field("type") && [.text("number"), .text("integer")].contains(part.value)
                    || part.path.dropLast().last == .field("type")
                        && [.text("number"), .text("integer")].contains(part.value)
            }
            #expect((keywords["unit"] != nil) == isNumber, "\(name)")
        }
    }

    @Test("have the fields that the program writes and no others")
    func fields() throws {
        let schemas = try ["network", "counts", "flows", "plan"].flatMap { try Self.properties(of: $0).map(\.name) }
        let documents = try [
            Self.written(SmallNetwork.network), Self.written(SmallNetwork.counts), Self.written(SmallNetwork.flows),
            Self.written(SmallNetwork.plan),
        ]
        let written = documents.flatMap { $0.parts() }.compactMap { part in
            if case .field(let name) = part.path.last { name } else { nil }
        }
        #expect(Set(schemas) == Set(written))
    }

    /// The fields that a schema describes.
    private static func properties(of format: String) throws -> [(name: String, value: JSONValue)] {
        let data = try Data(contentsOf: SchemaProgram.folder.appendingPathComponent("\(format).schema.json"))
        let schema = try JSONDecoder().decode(JSONValue.self, from: data)
        return schema.parts().compactMap { part in
            guard case .field(let name) = part.path.last, part.path.dropLast().last == .field("properties"),
                !part.path.contains(.field("if")), !part.path.contains(.field("then"))
            else { return nil }
            return (name, part.value)
        }
    }
}
