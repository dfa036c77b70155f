import Formats
import Foundation

/// Writes to a file, whole or not at all, or to standard output.
func deliver(_ text: String, to path: String?) throws(FormatError) {
    guard let path else {
        FileHandle.standardOutput.write(Data(text.utf8))
        return
    }
    try AtomicFile.write(text, to: path)
}

/// Writes a document to a file or to standard output.
func deliver<Content: DocumentContent>(_ content: Content, to path: String?) throws(FormatError) {
    try deliver(String(decoding: JSONDocument.encode(content), as: UTF8.self), to: path)
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
