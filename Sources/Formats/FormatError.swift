import SignalModel

/// What is wrong with a file that was read or is to be written.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where in the file.
    public enum Location: Equatable, Sendable {
        /// The file as a whole.
        case file
        /// A line, from 1.
        case line(Int)
        /// An element of an XML file with the line that it starts on, its `id`, and the attribute that is meant.
        case element(String, id: String? = nil, attribute: String? = nil, line: Int)
        /// A field of a JSON document, as a path such as `junctions[3].cycle_s`.
        case field(String)
    }

    /// What kind of fault it is.
    public enum Fault: Equatable, Sendable {
        case missing
        case unreadable(String)
        case malformed(String)
        /// A value is not what was expected.
        case unexpected(expected: String, found: String)
        case duplicate(String)
        /// Something refers to what is not there.
        case unknownReference(kind: String, name: String)
        case unwritable(String)
        /// Fields of a greenband document, all that are wrong.
        case problems([Problem])
    }

    /// Path of the file.
    public var file: String
    /// Where in it.
    public var location: Location
    /// What is wrong.
    public var fault: Fault

    /// States a fault.
    public init(file: String, location: Location = .file, fault: Fault) {
        self.file = file
        self.location = location
        self.fault = fault
    }

    /// One sentence for people: file, place, what was expected and what was found; a line for each of several problems.
    public var description: String {
        let place: String
        switch location {
        case .file: place = file
        case .line(let line): place = "\(file):\(line)"
        case .element(let element, let id, let attribute, let line):
            let name = id.map { " id \(Self.quoted($0))" } ?? ""
            place = "\(file):\(line): <\(element)>\(name)" + (attribute.map { ": \($0)" } ?? "")
        case .field(let path): place = "\(file): \(path)"
        }
        switch fault {
        case .missing: return "\(place): no such file"
        case .unreadable(let reason): return "\(place): cannot be read: \(reason)"
        case .malformed(let reason): return "\(place): not well formed: \(reason)"
        case .unexpected(let expected, let found): return "\(place): expected \(expected), found \(found)"
        case .duplicate(let name): return "\(place): \(Self.quoted(name)) occurs twice"
        case .unknownReference(let kind, let name): return "\(place): there is no \(kind) \(Self.quoted(name))"
        case .unwritable(let reason): return "\(place): cannot be written: \(reason)"
        case .problems(let problems):
            guard problems.count > 1 else { return "\(place): \(problems.first?.description ?? "")" }
            let limit = 20
            let lines = problems.prefix(limit).map { "\n  \($0)" }.joined()
            return "\(place): \(problems.count) problems:" + lines + (problems.count > limit ? "\n  …" : "")
        }
    }
    /// A text out of a file as it may stand in a message: in quotes, on one line, cut to size.
    static func quoted(_ text: String) -> String { Problem.quoted(text) }
}
