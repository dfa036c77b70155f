/// Collects problems: the checks that all documents share.
///
/// Paths of single fields are made only when there is something to report.
struct ProblemList {
    private(set) var problems: [Problem] = []

    mutating func add(_ field: FieldPath, _ expected: Expectation, found: String) {
        problems.append(Problem(field, expected, found: found))
    }

    /// A number within bounds, which infinity and NaN never are.
    mutating func check(_ value: Double, _ bounds: ClosedRange<Double>, _ place: FieldPath, _ field: String) {
        guard !bounds.contains(value) else { return }
        add(place.field(field), .number(bounds), found: Problem.plain(value))
    }

    /// A number within bounds, or nothing.
    mutating func check(_ value: Double?, _ bounds: ClosedRange<Double>, _ place: FieldPath, _ field: String) {
        if let value { check(value, bounds, place, field) }
    }

    /// A whole number within bounds.
    mutating func check(_ value: Int, _ bounds: ClosedRange<Int>, _ place: FieldPath, _ field: String) {
        guard !bounds.contains(value) else { return }
        add(place.field(field), .wholeNumber(bounds), found: "\(value)")
    }

    /// Numbers within bounds, one for each interval.
    mutating func check(
        _ values: [Double], count: Int, _ bounds: ClosedRange<Double>, _ place: FieldPath, _ field: String
    ) {
        if values.count != count { add(place.field(field), .count(count), found: "\(values.count)") }
        for (position, value) in values.enumerated() where !bounds.contains(value) {
            add(place.item(field, position), .number(bounds), found: Problem.plain(value))
        }
    }

    /// Names the entries of a list, each by a name of its own; the result is the position of each name's first bearer.
    mutating func positions<Name: Hashable & CustomStringConvertible>(
        of names: [Name], in list: String, _ place: FieldPath, _ field: String = "id"
    ) -> [Name: Int] {
        var positions = Dictionary<Name, Int>(minimumCapacity: names.count)
        for (position, name) in names.enumerated() {
            let text = name.description
            if text.isEmpty { checkName(name, place.item(list, position), field) }
            if let first = positions[name] {
                add(
                    place.item(list, position, text).field(field), .unique,
                    found: "\(Problem.quoted(text)), as in \(place.item(list, first))")
            } else {
                positions[name] = position
            }
        }
        return positions
    }

    /// A name that says something.
    mutating func checkName(_ name: some CustomStringConvertible, _ place: FieldPath, _ field: String) {
        if name.description.isEmpty { add(place.field(field), .name, found: Problem.quoted("")) }
    }

    /// A reference to something that must exist.
    mutating func check(
        _ name: some CustomStringConvertible, exists: Bool, as kind: String, _ place: FieldPath, _ field: String
    ) {
        guard !exists else { return }
        add(place.field(field), .existing(kind), found: Problem.quoted(name.description))
    }

    /// A list of references, each to something that must exist, none twice.
    mutating func check<Name: Hashable & CustomStringConvertible>(
        _ names: [Name], as kind: String, _ place: FieldPath, _ field: String, exists: (Name) -> Bool
    ) {
        var seen = Set<Name>()
        for (position, name) in names.enumerated() {
            if !exists(name) {
                add(place.item(field, position), .existing(kind), found: Problem.quoted(name.description))
            } else if !seen.insert(name).inserted {
                add(place.item(field, position), .unique, found: "\(Problem.quoted(name.description)) again")
            }
        }
    }
}
