import Foundation

/// Writes files that appear whole or not at all.
public enum AtomicFile {
    /// Writes a file beside its place and moves it there.
    ///
    /// - Throws: ``FormatError`` when the folder is missing or full, or may not be written.
    public static func write(_ data: Data, to path: String) throws(FormatError) { try write([(path, data)]) }

    /// Writes a text.
    public static func write(_ text: String, to path: String) throws(FormatError) {
        try write(Data(text.utf8), to: path)
    }

    /// Looks at the places of files that are to be written later, all together.
    ///
    /// - Throws: ``FormatError`` for the first that cannot be written, or that is the place of another one.
    public static func check(_ paths: [String]) throws(FormatError) { _ = try places(paths) }

    private static func places(_ paths: [String]) throws(FormatError) -> [OutputPlace] {
        var targets = Set<String>()
        var places: [OutputPlace] = []
        for path in paths {
            let place = try OutputPlace(path)
            guard place.isStream || targets.insert(URL(fileURLWithPath: place.target).standardized.path).inserted else {
                throw FormatError(file: path, fault: .unwritable("another output goes there too"))
            }
            places.append(place)
        }
        return places
    }

    /// Writes several files, none of them unless all can be written.
    ///
    /// A link stays and the file that it leads to is replaced; a pipe or a device takes the data as it comes.
    /// - Throws: ``FormatError`` that names the first file that cannot be written.
    public static func write(_ files: [(path: String, data: Data)]) throws(FormatError) {
        var staged: [(place: OutputPlace, temporary: String)] = []
        defer { for file in staged { unlink(file.temporary) } }
        var streams: [(path: String, data: Data)] = []
        for (place, (path, data)) in zip(try places(files.map(\.path)), files) {
            guard !place.isStream else {
                streams.append((path, data))
                continue
            }
            let temporary = place.folder + "/.greenband-\(UUID().uuidString)"
            staged.append((place, temporary))
            try reporting(path) { try data.write(to: URL(fileURLWithPath: temporary)) }
            if let mode = place.mode { chmod(temporary, mode) }
        }
        for (path, data) in streams {
            try reporting(path) {
                try FileHandle(forWritingTo: URL(fileURLWithPath: path)).write(contentsOf: data)
            }
        }
        for file in staged where rename(file.temporary, file.place.target) != 0 {
            throw FormatError(file: file.place.path, fault: .unwritable(String(cString: strerror(errno))))
        }
    }

    /// Turns what the system says into the reason that a file cannot be written.
    private static func reporting(_ path: String, _ body: () throws -> Void) throws(FormatError) {
        do {
            try body()
        } catch {
            throw FormatError(file: path, fault: .unwritable(reason(of: error)))
        }
    }

    /// What the system says of a write that failed.
    package static func reason(of error: any Error) -> String {
        let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
        return cause.domain == NSPOSIXErrorDomain
            ? String(cString: strerror(Int32(cause.code))) : error.localizedDescription
    }
}
