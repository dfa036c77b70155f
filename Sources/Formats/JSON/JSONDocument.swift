import Foundation
import SignalModel

/// A value that greenband keeps in a JSON document of its own.
public protocol DocumentContent: Codable, Sendable {
    /// What the document's `format` field says.
    static var format: String { get }
    /// Everything that is wrong with the value.
    ///
    /// - Parameter network: Where given, what the value refers to must be the network's.
    func problems(in network: Network?) -> [Problem]
}

extension Network: DocumentContent {
    /// `greenband-network`.
    public static var format: String { "greenband-network" }

    /// Everything that is wrong with the network, which refers to no other.
    public func problems(in network: Network?) -> [Problem] { problems() }
}

extension Counts: DocumentContent {
    /// `greenband-counts`.
    public static var format: String { "greenband-counts" }
}

extension Flows: DocumentContent {
    /// `greenband-flows`.
    public static var format: String { "greenband-flows" }
}

extension Plan: DocumentContent {
    /// `greenband-plan`.
    public static var format: String { "greenband-plan" }
}

/// Reads and writes greenband's JSON documents; what was written is read back to the bit.
public enum JSONDocument {
    /// Version of the formats that this program writes and reads.
    public static let version = 1

    private struct Envelope<Content: DocumentContent>: Codable {
        enum Key: String, CodingKey, CaseIterable { case format, version }
        var content: Content
        /// Fields that the format does not have.
        var problems: [Problem] = []

        init(content: Content) { self.content = content }

        init(from decoder: any Decoder) throws {
            let findings = StrictDecoder.Findings()
            let fields = Set(Key.allCases.map(\.rawValue))
            do {
                let header = try StrictKeyedContainer<Key>(
                    base: decoder.container(keyedBy: AnyKey.self), findings: findings)
                let format = try header.decode(String.self, forKey: .format)
                try Self.demand(Content.format, format, Problem.quoted, of: .format)
                let version = try header.decode(Int.self, forKey: .version)
                try Self.demand(JSONDocument.version, version, { "\($0)" }, of: .version)
                content = try Content(from: StrictDecoder(base: decoder, findings: findings, alsoAllowed: fields))
                problems = findings.problems
            } catch let error as DocumentProblems {
                throw DocumentProblems(list: findings.problems + error.list)
            } catch let error as DecodingError {
                guard let problem = Problem(error) else { throw error }
                throw DocumentProblems(list: findings.problems + [problem])
            }
        }

        private static func demand<Value: Equatable>(
            _ expected: Value, _ found: Value, _ text: (Value) -> String, of key: Key
        ) throws(DocumentProblems) {
            guard found != expected else { return }
            throw DocumentProblems(list: [
                Problem(FieldPath([.field(key.rawValue)]), .kind(text(expected)), found: text(found))
            ])
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(Content.format, forKey: .format)
            try container.encode(JSONDocument.version, forKey: .version)
            try content.encode(to: encoder)
        }
    }

    /// The text of a document.
    ///
    /// - Throws: ``FormatError`` with all problems of a value that could not be read back.
    public static func encode<Content: DocumentContent>(_ content: Content) throws(FormatError) -> Data {
        let problems = content.problems(in: nil)
        guard problems.isEmpty else { throw FormatError(file: Content.format, fault: .problems(problems)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(Envelope(content: content)) + Data("\n".utf8)
        } catch {
            throw FormatError(file: Content.format, fault: .unwritable(error.localizedDescription))
        }
    }

    /// Reads a document.
    ///
    /// - Parameter network: Where given, what the document refers to must be the network's.
    /// - Throws: ``FormatError`` that names every field that is wrong: fields that the format does not have, values that
    ///   mean nothing. Of fields that are missing or hold another kind of value, the first.
    public static func read<Content: DocumentContent>(
        _ type: Content.Type = Content.self, from path: String, for network: Network? = nil
    ) throws(FormatError) -> Content {
        try read(type, from: FileContents.read(path), named: path, for: network)
    }

    /// Reads a document that has come some other way than in a file.
    ///
    /// - Parameter path: What errors call it.
    public static func read<Content: DocumentContent>(
        _ type: Content.Type = Content.self, from data: Data, named path: String, for network: Network? = nil
    ) throws(FormatError) -> Content {
        guard !data.isEmpty else { throw FormatError(file: path, fault: .malformed("the file is empty")) }
        let problems: [Problem]
        do {
            let envelope = try JSONDecoder().decode(Envelope<Content>.self, from: data)
            problems = envelope.problems + envelope.content.problems(in: network)
            if problems.isEmpty { return envelope.content }
        } catch let error as DocumentProblems {
            problems = error.list
        } catch let error as DecodingError {
            throw FormatError(error, file: path, json: data)
        } catch {
            throw FormatError(file: path, fault: .malformed(error.localizedDescription))
        }
        throw FormatError(file: path, fault: .problems(problems))
    }
}
