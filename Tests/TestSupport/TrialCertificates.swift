import Foundation

/// Certificates of several kinds, made by `Tools/make-certificates` in a folder of their own.
public struct TrialCertificates: Sendable {
    /// What the files of a folder are.
    public enum Kind: String, CaseIterable, Sendable {
        /// By the authority, for the centre `centre.example` and the junctions `J` and `K 1/ä`.
        case good
        /// The same, by the same authority, and expired a day ago.
        case expired
        /// The same, by an authority that nobody else knows.
        case foreign
        /// By the authority, for the centre `elsewhere.example` and the junction `X`.
        case other
    }

    /// Why there are none.
    public struct Failure: Error {
        /// What the tool says.
        public var message: String
    }

    /// The folder of them all.
    public let folder: String

    /// The name that the centre's certificate is made out to.
    public static let centre = "centre.example"

    /// Makes them.
    public init() async throws {
        folder = FileManager.default.temporaryDirectory.path + "/greenband-certificates-\(UUID().uuidString)"
        let (centre, junctions) = (["--centre", Self.centre], ["--junction", "J", "--junction", "K 1/ä"])
        let authority = ["--authority", path(.good)]
        try await Self.make([path(.good)] + centre + junctions)
        try await Self.make([path(.expired), "--expired"] + authority + centre + junctions)
        try await Self.make([path(.foreign)] + centre + junctions)
        try await Self.make([path(.other), "--centre", "elsewhere.example", "--junction", "X"] + authority)
    }

    /// The folder of a kind, or a file in it.
    public func path(_ kind: Kind, _ file: String = "") -> String {
        folder + "/" + kind.rawValue + (file.isEmpty ? "" : "/" + file)
    }

    /// Puts a file of a kind at a place, with the permissions that it has.
    public func copy(_ kind: Kind, _ file: String, to place: String) throws {
        try? FileManager.default.removeItem(atPath: place)
        try FileManager.default.copyItem(atPath: path(kind, file), toPath: place)
    }

    /// Deletes them.
    public func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private static func make(_ arguments: [String]) async throws {
        try await aside { try run(arguments) }
    }

    private static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = ProjectFolder.root.appendingPathComponent("Tools/make-certificates")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: String(decoding: data, as: UTF8.self)) }
    }
}
