/// One start tag of an XML file, with typed access to its attributes.
struct XMLStartTag {
    let name: String
    let attributes: [String: String]
    let line: Int
    let file: String

    var location: FormatError.Location { .element(name, line: line) }

    func failure(_ fault: FormatError.Fault) -> FormatError {
        FormatError(file: file, location: location, fault: fault)
    }

    /// A text that must be there.
    func text(_ key: String) throws(FormatError) -> String {
        guard let value = attributes[key] else {
            throw failure(.unexpected(expected: "an attribute \(key)", found: "none"))
        }
        return value
    }

    /// A finite number within bounds that must be there, or `fallback` where it is not.
    func number(
        _ key: String, _ bounds: ClosedRange<Double>, default fallback: Double? = nil
    ) throws(FormatError) -> Double {
        guard let text = attributes[key] else {
            if let fallback { return fallback }
            throw failure(.unexpected(expected: "an attribute \(key)", found: "none"))
        }
        guard let value = Double(text), bounds.contains(value) else {
            throw failure(
                .unexpected(
                    expected: "\(key): a number from \(bounds.lowerBound) to \(bounds.upperBound)",
                    found: "\"\(text)\""))
        }
        return value
    }

    /// A whole number within bounds that must be there, or `fallback` where it is not.
    func integer(_ key: String, _ bounds: ClosedRange<Int>, default fallback: Int? = nil) throws(FormatError) -> Int {
        guard let text = attributes[key] else {
            if let fallback { return fallback }
            throw failure(.unexpected(expected: "an attribute \(key)", found: "none"))
        }
        guard let value = Int(text), bounds.contains(value) else {
            throw failure(
                .unexpected(
                    expected: "\(key): a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
                    found: "\"\(text)\""))
        }
        return value
    }
}
