extension FormatError {
    /// What a JSON decoder found wrong with a file, with the path of the field.
    init(_ error: DecodingError, file: String) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(
                file: file, location: .field(Self.field(context.codingPath + [key])),
                fault: .unexpected(expected: "a value", found: "none"))
        case .valueNotFound(let type, let context):
            self.init(
                file: file, location: .field(Self.field(context.codingPath)),
                fault: .unexpected(expected: Self.name(of: type), found: "null"))
        case .typeMismatch(let type, let context):
            self.init(
                file: file, location: .field(Self.field(context.codingPath)),
                fault: .unexpected(expected: Self.name(of: type), found: "a value of another kind"))
        case .dataCorrupted(let context):
            guard !context.codingPath.isEmpty else {
                self.init(
                    file: file,
                    fault: .malformed("not JSON, nested too deep, or with a number that its field cannot hold"))
                return
            }
            self.init(
                file: file, location: .field(Self.field(context.codingPath)),
                fault: .unexpected(expected: "a value that is allowed here", found: context.debugDescription))
        @unknown default: self.init(file: file, fault: .malformed("not a document"))
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

    private static func field(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text
    }
}
