/// What a field of a document should hold.
public enum Expectation: Equatable, Sendable {
    /// A value at all.
    case value
    /// No value: the field is not one of its object's, or has no meaning there.
    case absent
    /// A value of a kind, such as "a number".
    case kind(String)
    /// A number within bounds.
    case number(ClosedRange<Double>)
    /// A number from 0 up to, but not including, another.
    case numberBelow(Double)
    /// A whole number within bounds.
    case wholeNumber(ClosedRange<Int>)
    /// A text that is not empty.
    case name
    /// A name or number that nothing else in the list has.
    case unique
    /// The name or number of something of a kind that the document has.
    case existing(String)
    /// The name of something else than a thing itself.
    case other(than: String)
    /// A list of so many entries.
    case count(Int)
    /// A list with at least one entry.
    case notEmpty
    /// Shares of a whole.
    case sharesOfOne
}

extension Expectation: CustomStringConvertible {
    /// What should stand there, after "must be".
    public var description: String {
        switch self {
        case .value: "a value"
        case .absent: "absent"
        case .kind(let kind): kind
        case .number(let bounds):
            "a number from \(Problem.plain(bounds.lowerBound)) to \(Problem.plain(bounds.upperBound))"
        case .numberBelow(let bound): "a number of 0 or more and less than \(Problem.plain(bound))"
        case .wholeNumber(let bounds): "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
        case .name: "a text that is not empty"
        case .unique: "unique"
        case .existing(let kind): "a \(kind)"
        case .other(let name): "another than \(Problem.quoted(name))"
        case .count(let count): "a list of \(count)"
        case .notEmpty: "a list of at least 1"
        case .sharesOfOne: "shares whose sum is 1"
        }
    }
}
