import ArgumentParser
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
    for result in results where result.path == nil { try writeToStandardOutput(result.data) }
}

/// Writes what was asked for to standard output; all results that go there go through here.
private func writeToStandardOutput(_ data: Data) throws(FormatError) {
    do {
        try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
        throw FormatError(file: "standard output", fault: .unwritable(AtomicFile.reason(of: error)))
    }
}

/// Prints lines of a result, each with its end.
///
/// - Throws: ``FormatError`` when standard output takes no more.
func printLines(_ lines: [String]) throws(FormatError) {
    try writeToStandardOutput(Data(lines.map { $0 + "\n" }.joined().utf8))
}

/// Prints a report, and what there is to say of its counts.
func printReport(_ text: String, _ known: KnownDemand) throws(FormatError) {
    try deliver(text + known.remarks.map { $0 + "\n" }.joined(), to: nil)
}

/// Prints a line of a result.
func printLine(_ line: String) throws(FormatError) { try printLines([line]) }

/// Prints a value as one line of JSON.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try printLine(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Refuses a report in JSON where the document that a command makes has standard output.
func checkJSON(_ isWanted: Bool, output: String?, document: String) throws {
    guard output != nil || !isWanted else {
        throw ValidationError("--json needs -o: the \(document) has standard output")
    }
}

/// Says something on standard error, which may be closed or full: then nobody hears it, and the exit code must do.
func say(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8)) }

/// A step that may take a while: shown on a terminal, silent in a pipe.
func progress(_ text: String) {
    guard isatty(FileHandle.standardError.fileDescriptor) == 1 else { return }
    say("\(text)…")
}
