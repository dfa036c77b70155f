/// A family of metrics, and the labels of one of it.
struct MetricName: Hashable {
    let family: String
    /// As `{key="value",…}`; nothing without labels.
    let labels: String
    private let pairs: [String]

    init(_ label: String, _ dimensions: [(String, String)]) {
        family = Self.clean(label)
        pairs = dimensions.map { "\(Self.clean($0.0))=\"\(Self.escaped($0.1))\"" }.sorted()
        labels = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    /// The labels with one more.
    func labels(with key: String, _ value: String) -> String {
        "{\((pairs + ["\(key)=\"\(value)\""]).joined(separator: ","))}"
    }

    /// A name with nothing in it that names must not have.
    private static func clean(_ name: String) -> String {
        let letters = name.unicodeScalars.map { scalar -> Character in
            let isAllowed =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar == "_" || scalar == ":"
                    || (48...57).contains(scalar.value))
            return isAllowed ? Character(scalar) : "_"
        }
        let text = String(letters)
        return text.first.map { $0.isNumber } ?? true ? "_" + text : text
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for character in value {
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
        return text
    }
}
