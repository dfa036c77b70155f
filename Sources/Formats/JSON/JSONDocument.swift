import Foundation
import SignalModel

/// A value that greenband keeps in a JSON document of its own.
public protocol DocumentContent: Codable, Sendable {
    /// What the document's `format` field says.
    static var format: String { get }
}

extension Network: DocumentContent {
    /// `greenband-network`.
    public static var format: String { "greenband-network" }
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

    private struct Header: Decodable {
        var format: String
        var version: Int
    }

    private struct Envelope<Content: DocumentContent>: Codable {
        enum Key: String, CodingKey { case format, version }
        var content: Content

        init(content: Content) { self.content = content }

        init(from decoder: any Decoder) throws { content = try Content(from: decoder) }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(Content.format, forKey: .format)
            try container.encode(JSONDocument.version, forKey: .version)
            try content.encode(to: encoder)
        }
    }

    /// The text of a document.
    public static func encode<Content: DocumentContent>(_ content: Content) throws(FormatError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(Envelope(content: content)) + Data("\n".utf8)
        } catch {
            // The only values without a JSON form are infinity and NaN.
            throw FormatError(
                file: Content.format, fault: .unexpected(expected: "finite numbers", found: "infinity or NaN"))
        }
    }

    /// Reads a document.
    ///
    /// - Throws: ``FormatError`` that names the field.
    public static func read<Content: DocumentContent>(
        _ type: Content.Type = Content.self, from path: String
    ) throws(FormatError) -> Content {
        let data = try FileContents.read(path)
        guard !data.isEmpty else { throw FormatError(file: path, fault: .malformed("the file is empty")) }
        let decoder = JSONDecoder()
        do {
            let header = try decoder.decode(Header.self, from: data)
            guard header.format == Content.format else {
                throw FormatError(
                    file: path, location: .field("format"),
                    fault: .unexpected(expected: "\"\(Content.format)\"", found: "\"\(header.format)\""))
            }
            guard header.version == version else {
                throw FormatError(
                    file: path, location: .field("version"),
                    fault: .unexpected(expected: "\(version)", found: "\(header.version)"))
            }
            return try decoder.decode(Envelope<Content>.self, from: data).content
        } catch let error as FormatError {
            throw error
        } catch let error as DecodingError {
            throw FormatError(error, file: path)
        } catch {
            throw FormatError(file: path, fault: .malformed(error.localizedDescription))
        }
    }
}
