import Foundation

/// Makes folders for output.
public enum OutputFolder {
    /// Makes a folder with those above it; one that is there stays.
    ///
    /// - Throws: ``FormatError`` when it cannot be made.
    public static func make(_ path: String) throws(FormatError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            let reason = cause.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
            throw FormatError(file: path, fault: .unwritable(reason))
        }
    }
}
