import Foundation

/// Writes files that appear whole or not at all.
public enum AtomicFile {
    /// Writes a file beside its place and moves it there.
    ///
    /// - Throws: ``FormatError`` when the folder is missing or full, or may not be written.
    public static func write(_ data: Data, to path: String) throws(FormatError) {
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            let reason = (error as NSError).userInfo[NSUnderlyingErrorKey].map { "\($0)" } ?? error.localizedDescription
            throw FormatError(file: path, fault: .unwritable(reason))
        }
    }

    /// Writes a text.
    public static func write(_ text: String, to path: String) throws(FormatError) {
        try write(Data(text.utf8), to: path)
    }
}
