/// Any JSON, with its fields and entries at hand to be changed.
indirect enum JSONValue: Equatable, Sendable {
    case object([String: JSONValue])
    case list([JSONValue])
    case number(Double)
    case text(String)
    case flag(Bool)
    case null

    /// A step from a value to a part of it.
    enum Step: Hashable {
        case field(String)
        case entry(Int)
    }

    /// The value with a part changed; nothing takes the part out.
    func changing(_ path: ArraySlice<Step>, _ change: (JSONValue) -> JSONValue?) -> JSONValue? {
        guard let step = path.first else { return change(self) }
        let rest = path.dropFirst()
        switch (self, step) {
        case (.object(var fields), .field(let name)):
            fields[name] = fields[name].flatMap { $0.changing(rest, change) }
            return .object(fields)
        case (.list(var entries), .entry(let index)):
            let changed = entries[index].changing(rest, change)
            entries.replaceSubrange(index...index, with: changed.map { [$0] } ?? [])
            return .list(entries)
        default: return self
        }
    }

    /// The value itself and all its parts, each with its path.
    func parts(at path: [Step] = []) -> [(path: [Step], value: JSONValue)] {
        let own = [(path: path, value: self)]
        switch self {
        case .object(let fields):
            return own
                + fields.sorted { $0.key < $1.key }.flatMap { $0.value.parts(at: path + [.field($0.key)]) }
        case .list(let entries):
            return own + entries.enumerated().flatMap { $0.element.parts(at: path + [.entry($0.offset)]) }
        default: return own
        }
    }
}

extension JSONValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let entries = try? container.decode([JSONValue].self) {
            self = .list(entries)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let fields): try container.encode(fields)
        case .list(let entries): try container.encode(entries)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .null: try container.encodeNil()
        }
    }
}

extension [JSONValue.Step] {
    /// The path as messages show it.
    var text: String {
        reduce("") { text, step in
            switch step {
            case .field(let name): text + (text.isEmpty ? "" : ".") + name
            case .entry(let index): text + "[\(index)]"
            }
        }
    }

    /// The path without positions in lists: the same for all entries.
    var pattern: String {
        reduce("") { text, step in
            if case .field(let name) = step { text + (text.isEmpty ? "" : ".") + name } else { text + "[]" }
        }
    }
}
