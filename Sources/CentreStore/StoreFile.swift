import Foundation

/// The files of a store as the file system sees them.
enum StoreFile {
    /// What SQLite keeps beside a database; the log holds what was stored last.
    static let companions = ["-wal", "-shm", "-journal"]

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Looks at the header alone, before SQLite may change anything in the file.
    ///
    /// - Throws: ``StoreError/noFile(path:)``, ``StoreError/notADatabase(path:found:)``,
    ///   ``StoreError/damaged(path:found:)`` or ``StoreError/otherProgram(path:applicationID:)``.
    static func checkHeader(_ path: String) throws(StoreError) {
        guard exists(path) else { throw .noFile(path: path) }
        let header: [UInt8]
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            header = [UInt8](try file.read(upToCount: 100) ?? Data())
        } catch {
            throw .inaccessible(path: path, reason: error.localizedDescription)
        }
        // A store appears under its name only when it is whole, so that an empty file was not always empty.
        guard !header.isEmpty else { throw .damaged(path: path, found: ["the file is empty"]) }
        guard header.starts(with: Array("SQLite format 3\0".utf8).prefix(header.count)) else {
            let bytes = header.prefix(16).map { String($0, radix: 16) }.joined(separator: " ")
            throw .notADatabase(path: path, found: "a file that begins with the bytes \(bytes)")
        }
        guard header.count == 100 else { throw .damaged(path: path, found: ["the file has \(header.count) bytes"]) }
        let number = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard number == StoreSchema.applicationID else { throw .otherProgram(path: path, applicationID: number) }
    }

    /// Has the disk hold a file, or the names in a folder, whatever becomes of the power.
    static func synchronize(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw inaccessible(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw inaccessible(path) }
    }

    /// Gives a file that is whole its name, and has the disk hold both.
    static func place(_ temporary: String, at path: String) throws(StoreError) {
        try synchronize(temporary)
        // A name of a link, unlike a renaming, is never taken from another file.
        guard link(temporary, path) == 0 else {
            if errno == EEXIST { throw .exists(path: path) }
            throw inaccessible(path)
        }
        unlink(temporary)
        try synchronize(folder(of: path))
    }

    /// Gives a file another name that nothing has.
    static func move(_ path: String, to other: String) throws(StoreError) {
        guard !exists(other) else { throw .exists(path: other) }
        guard rename(path, other) == 0 else { throw inaccessible(path) }
    }

    /// Removes what an attempt that was cut off has left.
    static func removeTemporary(_ path: String) {
        for name in [path] + companions.map({ path + $0 }) { unlink(name) }
    }

    static func folder(of path: String) -> String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    private static func inaccessible(_ path: String) -> StoreError {
        .inaccessible(path: path, reason: String(cString: strerror(errno)))
    }
}
