import ConfigurationFile
import Formats
import Foundation
import SignalModel

extension CityConfiguration {
    /// Reads a configuration; paths in it start from its own folder.
    ///
    /// - Throws: ``FormatError`` that names every field that is wrong.
    public static func read(_ path: String) throws(FormatError) -> CityConfiguration {
        var configuration = try YAMLDocument.read(CityConfiguration.self, from: path)
        let problems = configuration.problems
        guard problems.isEmpty else { throw FormatError(file: path, fault: .problems(problems)) }
        configuration.resolve(in: URL(fileURLWithPath: path).deletingLastPathComponent().path)
        return configuration
    }

    private mutating func resolve(in folder: String) {
        func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
        func resolve(_ tls: inout TLS?) {
            guard var files = tls else { return }
            files.certificate = resolved(files.certificate)
            files.key = resolved(files.key)
            files.authority = files.authority.map(resolved)
            tls = files
        }
        network = resolved(network)
        plan = plan.map(resolved)
        store = resolved(store)
        if let path = backup?.path { backup?.path = resolved(path) }
        resolve(&edges.tls)
        if feed != nil { resolve(&feed!.tls) }
        if http != nil { resolve(&http!.tls) }
    }

    private var problems: [Problem] {
        var found: [Problem] = []
        let root = FieldPath()
        if version != 1 { found.append(Problem(root.field("version"), .kind("1"), found: "\(version)")) }
        for (field, port) in [("edges", edges.port), ("feed", feed?.port), ("http", http?.port)] {
            if let port, !(0...65535).contains(port) {
                found.append(Problem(root.field(field).field("port"), .wholeNumber(0...65535), found: "\(port)"))
            }
        }
        if edges.tls != nil, edges.tls?.authority == nil {
            found.append(
                Problem(root.field("edges").field("tls").field("authority"), .kind("a file"), found: "nothing"))
        }
        if let timeZone, !(-1440...1440).contains(timeZone) {
            found.append(Problem(root.field("timeZone_min"), .wholeNumber(-1440...1440), found: "\(timeZone)"))
        }
        for (position, person) in (people ?? []).enumerated() where !Self.isDigest(person.token) {
            found.append(
                Problem(
                    root.item("people", position).field("token_sha256"), .kind("64 hexadecimal digits"),
                    found: "\(person.token.count) characters"))
        }
        for (position, source) in (feed?.sources ?? []).enumerated() where !Self.isDigest(source.token) {
            found.append(
                Problem(
                    root.field("feed").item("sources", position).field("token_sha256"),
                    .kind("64 hexadecimal digits"), found: "\(source.token.count) characters"))
        }
        return found + numberProblems(root)
    }

    private func numberProblems(_ root: FieldPath) -> [Problem] {
        let adapting = root.field("adaptation")
        let numbers: [(FieldPath, Double?, ClosedRange<Double>)] = [
            (root.field("lease_s"), lease, 10...900),
            (root.field("control").field("lease_s"), control?.lease, 3...30),
            (adapting.field("every_s"), adaptation?.every, 30...3600),
            (adapting.field("window_s"), adaptation?.window, 120...3600),
            (adapting.field("deadline_s"), adaptation?.deadline, 0.1...3600),
            (root.field("retention").field("readings_h"), retention?.readings, 1...87600),
            (root.field("retention").field("events_d"), retention?.events, 1...36500),
            (root.field("backup").field("every_h"), backup?.every, 0.01...8760),
        ]
        return numbers.compactMap { field, value, range in
            guard let value, !range.contains(value) else { return nil }
            return Problem(field, .number(range), found: Problem.plain(value))
        }
    }

    /// Whether a text is a SHA-256 in hexadecimal digits.
    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.allSatisfy { $0.isHexDigit && $0.isASCII }
    }
}
