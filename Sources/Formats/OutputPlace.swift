import Foundation

/// Where a file is to be written, looked at before anything is.
struct OutputPlace {
    /// Path as it was given.
    let path: String
    /// Path of the file that is replaced, behind any link.
    let target: String
    /// Folder of the target.
    let folder: String
    /// Permissions of the file that is replaced; nil where there is none yet.
    let mode: mode_t?
    /// Whether a pipe or a device is there, which is written to and not replaced.
    let isStream: Bool

    /// Looks at a path.
    ///
    /// - Throws: ``FormatError`` when no file can be there.
    init(_ path: String) throws(FormatError) {
        func refused(_ reason: String) -> FormatError { FormatError(file: path, fault: .unwritable(reason)) }
        guard !path.isEmpty else { throw refused("a file name is needed") }
        self.path = path
        var status = stat()
        if stat(path, &status) == 0 {
            let kind = status.st_mode & S_IFMT
            guard kind != S_IFDIR else { throw refused("it is a folder") }
            isStream = kind != S_IFREG
            mode = status.st_mode & 0o7777
            target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        } else {
            guard !path.hasSuffix("/") else { throw refused("there is no such folder") }
            isStream = false
            mode = nil
            target = path
        }
        folder = Self.folder(of: target)
        guard stat(folder, &status) == 0 else { throw refused("there is no folder \(folder)") }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw refused("\(folder) is not a folder") }
    }

    /// What stands before the last stroke of a path.
    private static func folder(of path: String) -> String {
        // Bytes, as the system sees them: a stroke with an accent behind it is one character, and none of these.
        guard let stroke = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return stroke == path.startIndex ? "/" : String(path[..<stroke])
    }
}
