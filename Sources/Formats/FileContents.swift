import Foundation

/// Reads whole files, plain or compressed by gzip.
enum FileContents {
    /// Greatest size taken in, bytes after unpacking.
    static let greatestSize = 1 << 30

    static func read(_ path: String) throws(FormatError) -> Data {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FormatError(file: path, fault: .missing)
        }
        guard !isFolder.boolValue else {
            throw FormatError(file: path, fault: .unreadable("it is a folder"))
        }
        // A pipe or a device may never end.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FormatError(file: path, fault: .unreadable("it is not a plain file"))
        }
        guard status.st_size <= greatestSize else {
            throw FormatError(file: path, fault: .unreadable("more than \(greatestSize) bytes"))
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw FormatError(file: path, fault: .unreadable(error.localizedDescription))
        }
        guard data.starts(with: [0x1f, 0x8b]) else {
            guard !path.hasSuffix(".gz") else { throw FormatError(file: path, fault: .malformed("not gzip data")) }
            return data
        }
        return try inflate(path)
    }

    /// Decompresses with the gzip program.
    private static func inflate(_ path: String) throws(FormatError) -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-cd", "--", path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw FormatError(file: path, fault: .unreadable("gzip cannot be started"))
        }
        var data = Data()
        do {
            while data.count <= greatestSize,
                let part = try output.fileHandleForReading.read(upToCount: 1 << 20), !part.isEmpty
            {
                data.append(part)
            }
            try output.fileHandleForReading.close()
        } catch {
            throw FormatError(file: path, fault: .unreadable(error.localizedDescription))
        }
        process.waitUntilExit()
        guard data.count <= greatestSize else {
            throw FormatError(file: path, fault: .unreadable("more than \(greatestSize) bytes when unpacked"))
        }
        guard process.terminationStatus == 0 else {
            throw FormatError(file: path, fault: .malformed("the gzip data is damaged or cut short"))
        }
        return data
    }
}
