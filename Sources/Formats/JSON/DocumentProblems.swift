import SignalModel

/// Ends the reading of a document with what is wrong with it.
struct DocumentProblems: Error {
    var list: [Problem]
}

extension Problem {
    /// What a JSON decoder found wrong with a field; nothing where the fault is in the JSON itself.
    init?(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(FieldPath(codingPath: context.codingPath + [key]), .value, found: "none")
        case .valueNotFound(let type, let context):
            self.init(FieldPath(codingPath: context.codingPath), .kind(Self.name(of: type)), found: "null")
        case .typeMismatch(let type, let context):
            self.init(
                FieldPath(codingPath: context.codingPath), .kind(Self.name(of: type)),
                found: "a value of another kind")
        case .dataCorrupted(let context):
            guard !context.codingPath.isEmpty else { return nil }
            self.init(
                FieldPath(codingPath: context.codingPath), .kind("a value that is allowed here"),
                found: context.debugDescription)
        @unknown default: return nil
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Double.Type: "a number"
        case is Int.Type: "a whole number"
        case is Bool.Type: "true or false"
        case is [String: Any].Type: "an object"
        default: "\(type)".hasPrefix("Array") ? "a list" : "an object or list of another shape"
        }
    }
}

extension FieldPath {
    /// The path that a decoder gives.
    init(codingPath: [any CodingKey]) {
        self.init(codingPath.map { key in key.intValue.map { .item($0, name: nil) } ?? .field(key.stringValue) })
    }
}
