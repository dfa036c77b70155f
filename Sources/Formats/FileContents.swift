import Foundation

/// Reads whole files, plain or compressed by gzip.
enum FileContents {
    static func read(_ path: String) throws(FormatError) -> Data {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FormatError(file: path, fault: .missing)
        }
        guard !isFolder.boolValue else {
            throw FormatError(file: path, fault: .unreadable("it is a folder"))
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw FormatError(file: path, fault: .unreadable(error.localizedDescription))
        }
        guard data.starts(with: [0x1f, 0x8b]) else { return data }
        return try inflate(path)
    }

    /// Decompresses with the gzip program.
    private static func inflate(_ path: String) throws(FormatError) -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-cd", path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw FormatError(file: path, fault: .unreadable("gzip cannot be started"))
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw FormatError(file: path, fault: .malformed("the gzip data is damaged or cut short"))
        }
        return data
    }
}
