import Formats
import Foundation

/// Writes to a file, whole or not at all, or to standard output.
func deliver(_ text: String, to path: String?) throws(FormatError) { try deliver([(Data(text.utf8), path)]) }

/// Writes a document to a file or to standard output.
func deliver<Content: DocumentContent>(_ content: Content, to path: String?) throws(FormatError) {
    try deliver([(JSONDocument.encode(content), path)])
}

/// Writes to several files, to none unless all can be written, and what has no path to standard output.
func deliver(_ results: [(data: Data, path: String?)]) throws(FormatError) {
    try AtomicFile.write(results.compactMap { result in result.path.map { ($0, result.data) } })
    for result in results where result.path == nil {
        do {
            try FileHandle.standardOutput.write(contentsOf: result.data)
        } catch {
            throw FormatError(file: "standard output", fault: .unwritable(error.localizedDescription))
        }
    }
}

/// Prints a value as one line of JSON.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// A step that may take a while: shown on a terminal, silent in a pipe.
func progress(_ text: String) {
    guard isatty(FileHandle.standardError.fileDescriptor) == 1 else { return }
    FileHandle.standardError.write(Data("\(text)…\n".utf8))
}
