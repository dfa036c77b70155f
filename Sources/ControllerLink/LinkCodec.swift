import Foundation
import NIOCore
import SignalModel

/// Turns messages into lines of JSON and back.
public enum LinkCodec {
    /// Versions of the protocol that this program speaks.
    public static let versions = [1]

    /// The line of a message with its end.
    public static func line(_ message: some LinkMessage, number: Int) throws(LinkError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let data = try encoder.encode(LinkFrame(number: number, message: message))
            return String(decoding: data, as: UTF8.self) + "\n"
        } catch {
            throw .malformed("a message that JSON cannot hold")
        }
    }

    /// Reads a line without its end.
    ///
    /// - Returns: The message with its number.
    /// - Throws: ``LinkError/malformed(_:)`` that says what was expected where.
    public static func read<Message: LinkMessage>(
        _ type: Message.Type = Message.self, from line: some Sequence<UInt8>
    ) throws(LinkError) -> (number: Int, message: Message) {
        do {
            let frame = try JSONDecoder().decode(LinkFrame<Message>.self, from: Data(line))
            return (frame.number, frame.message)
        } catch let error as DecodingError {
            throw .malformed(reason(error))
        } catch {
            throw .malformed("not JSON, or a number out of range")
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        }
        switch error {
        case .keyNotFound(let key, let context): return "expected a field \(place(context.codingPath + [key]))"
        case .valueNotFound(_, let context): return "expected a value at \(place(context.codingPath)), found null"
        case .typeMismatch(let type, let context): return "expected \(type) at \(place(context.codingPath))"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "not JSON" : "expected another value at \(place(context.codingPath))"
        @unknown default: return "not JSON of a message"
        }
    }
}
