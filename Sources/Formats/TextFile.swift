/// Reads whole texts.
public enum TextFile {
    /// The text of a file in UTF-8, plain or compressed by gzip.
    ///
    /// - Throws: ``FormatError`` that says why there is none.
    public static func read(_ path: String) throws(FormatError) -> String {
        guard let text = String(validating: try FileContents.read(path), as: UTF8.self) else {
            throw FormatError(file: path, fault: .malformed("not text in UTF-8"))
        }
        return text
    }
}
