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
            throw formatError(error, path)
        } catch {
            throw FormatError(file: path, fault: .malformed(error.localizedDescription))
        }
    }

    private static func formatError(_ error: DecodingError, _ path: String) -> FormatError {
        switch error {
        case .keyNotFound(let key, let context):
            return FormatError(
                file: path, location: .field(field(context.codingPath + [key])),
                fault: .unexpected(expected: "a value", found: "none"))
        case .valueNotFound(let type, let context):
            return FormatError(
                file: path, location: .field(field(context.codingPath)),
                fault: .unexpected(expected: name(of: type), found: "null"))
        case .typeMismatch(let type, let context):
            return FormatError(
                file: path, location: .field(field(context.codingPath)),
                fault: .unexpected(expected: name(of: type), found: "a value of another kind"))
        case .dataCorrupted(let context):
            let location: FormatError.Location =
                context.codingPath.isEmpty ? .file : .field(field(context.codingPath))
            guard context.codingPath.isEmpty else {
                return FormatError(
                    file: path, location: location,
                    fault: .unexpected(expected: "a value that is allowed here", found: context.debugDescription))
            }
            return FormatError(file: path, location: location, fault: .malformed("not JSON, or nested too deep"))
        @unknown default: return FormatError(file: path, fault: .malformed("not a document"))
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Double.Type: "a number"
        case is Int.Type: "a whole number"
        case is Bool.Type: "true or false"
        case is [String: Any].Type: "an object"
        default: "\(type)".hasPrefix("Array") ? "a list" : "an object or list of another shape"
        }
    }

    private static func field(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text
    }
}
