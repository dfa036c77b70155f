import Formats
import SignalModel
import Yams

/// Configuration files that people write by hand.
public enum YAMLDocument {
    /// Reads a document with no field that its type does not have.
    ///
    /// - Throws: ``FormatError`` that names every field that is wrong.
    public static func read<Content: Decodable>(
        _ type: Content.Type = Content.self, from path: String
    ) throws(FormatError) -> Content {
        let text = try TextFile.read(path)
        let read: StrictContent<Content>
        do {
            read = try YAMLDecoder().decode(StrictContent<Content>.self, from: text)
        } catch let error as DecodingError {
            if case .dataCorrupted(let context) = error, let cause = context.underlyingError {
                let words = "\(cause)".split(whereSeparator: \.isNewline).prefix(4).joined(separator: " ")
                throw FormatError(file: path, fault: .malformed(words))
            }
            throw FormatError(error, file: path)
        } catch {
            throw FormatError(file: path, fault: .malformed("not YAML"))
        }
        guard let content = read.content, read.problems.isEmpty else {
            throw FormatError(file: path, fault: .problems(read.problems))
        }
        return content
    }
}
