import SignalModel

/// A decoder around another that notes the fields of each object that its type does not have, and names the field that
/// holds a number or word that its type cannot hold.
///
/// The keys that a type asks for are the only list of fields: there is none beside the types to fall out of step.
struct StrictDecoder: Decoder {
    /// Collects the fields that no type asked for.
    final class Findings {
        var problems: [Problem] = []
    }

    let base: any Decoder
    let findings: Findings
    /// Fields that the object may have although its type does not ask for them.
    var alsoAllowed: Set<String> = []

    var codingPath: [any CodingKey] { base.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { base.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let container = try base.container(keyedBy: AnyKey.self)
        for key in container.allKeys where Key(stringValue: key.stringValue) == nil {
            guard !alsoAllowed.contains(key.stringValue) else { continue }
            var place = FieldPath(codingPath: container.codingPath)
            if case .item(let index, _) = place.steps.last {
                let name = try? container.decode(String.self, forKey: AnyKey(stringValue: "id"))
                place.steps[place.steps.count - 1] = .item(index, name: name)
            }
            findings.problems.append(
                Problem(place.field(key.stringValue), .absent, found: "a field that the format does not have"))
        }
        return KeyedDecodingContainer(StrictKeyedContainer<Key>(base: container, findings: findings))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        StrictUnkeyedContainer(base: try base.unkeyedContainer(), findings: findings)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { try base.singleValueContainer() }
}

/// A key of any name.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "\(intValue)"
        self.intValue = intValue
    }

    init(_ key: some CodingKey) {
        stringValue = key.stringValue
        intValue = key.intValue
    }
}
