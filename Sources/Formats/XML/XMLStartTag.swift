import SignalModel

/// One start tag of an XML file, with typed access to its attributes.
struct XMLStartTag {
    let name: String
    let attributes: [String: String]
    let line: Int
    let file: String

    /// An error about this element, or about one of its attributes.
    func failure(_ fault: FormatError.Fault, attribute: String? = nil) -> FormatError {
        let location = FormatError.Location.element(name, id: attributes["id"], attribute: attribute, line: line)
        return FormatError(file: file, location: location, fault: fault)
    }

    /// A text that must be there and not be empty.
    func text(_ key: String) throws(FormatError) -> String {
        guard let value = attributes[key], !value.isEmpty else {
            throw failure(.unexpected(expected: "a text", found: "none"), attribute: key)
        }
        return value
    }

    /// Words apart by blanks; none where the attribute is absent.
    func words(_ key: String) -> [String] {
        attributes[key]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
    }

    /// A finite number within bounds that must be there, or `fallback` where it is not.
    func number(
        _ key: String, _ bounds: ClosedRange<Double>, default fallback: Double? = nil
    ) throws(FormatError) -> Double {
        if let value = try optionalNumber(key, bounds) ?? fallback { return value }
        throw failure(.unexpected(expected: Expectation.number(bounds).description, found: "none"), attribute: key)
    }

    /// A finite number within bounds, or nothing where the attribute is absent.
    func optionalNumber(_ key: String, _ bounds: ClosedRange<Double>) throws(FormatError) -> Double? {
        guard let text = attributes[key] else { return nil }
        guard let value = Double(text), bounds.contains(value) else {
            throw failure(
                .unexpected(expected: Expectation.number(bounds).description, found: FormatError.quoted(text)),
                attribute: key)
        }
        return value
    }

    /// A whole number within bounds that must be there.
    func integer(_ key: String, _ bounds: ClosedRange<Int>) throws(FormatError) -> Int {
        let expected = Expectation.wholeNumber(bounds).description
        guard let text = attributes[key] else {
            throw failure(.unexpected(expected: expected, found: "none"), attribute: key)
        }
        guard let value = Int(text), bounds.contains(value) else {
            throw failure(.unexpected(expected: expected, found: FormatError.quoted(text)), attribute: key)
        }
        return value
    }
}
