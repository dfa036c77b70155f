/// One thing that is wrong with a value as a document states it.
public struct Problem: Equatable, Sendable {
    /// Where it is.
    public var field: FieldPath
    /// What should stand there.
    public var expected: Expectation
    /// What stands there, as messages show it.
    public var found: String

    /// States a problem.
    public init(_ field: FieldPath, _ expected: Expectation, found: String) {
        self.field = field
        self.expected = expected
        self.found = found
    }
}

extension Problem: CustomStringConvertible {
    /// One sentence for people: place, what was expected and what was found.
    public var description: String { "\(field): must be \(expected), found \(found)" }
}

extension Problem {
    /// A text out of a document as it may stand in a message: in quotes, on one line, cut to size.
    public static func quoted(_ text: String) -> String {
        let limit = 80
        var shown = ""
        for scalar in text.unicodeScalars.prefix(limit) {
            let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
            shown.unicodeScalars.append(isControl ? "\u{fffd}" : scalar)
        }
        return "\"\(shown)\"" + (text.unicodeScalars.count > limit ? "…" : "")
    }

    /// A number as it may stand in a message: whole ones without a decimal point.
    public static func plain(_ number: Double) -> String {
        number.magnitude < 1e15 && number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}
