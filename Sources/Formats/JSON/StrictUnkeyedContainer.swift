/// The entries of one list, each taken by the rules of ``StrictDecoder``.
struct StrictUnkeyedContainer: UnkeyedDecodingContainer {
    var base: any UnkeyedDecodingContainer
    let findings: StrictDecoder.Findings

    var codingPath: [any CodingKey] { base.codingPath }
    var count: Int? { base.count }
    var isAtEnd: Bool { base.isAtEnd }
    var currentIndex: Int { base.currentIndex }

    mutating func decodeNil() throws -> Bool { try base.decodeNil() }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let index = base.currentIndex
        do {
            guard !StrictDecoder.isPlain(type), !base.isAtEnd else { return try base.decode(type) }
            return try type.init(from: StrictDecoder(base: base.superDecoder(), findings: findings))
        } catch {
            // Entries that are taken as they stand are passed only when they were fit.
            throw StrictDecoder.explained(
                error, for: type, at: codingPath + [AnyKey(intValue: index)], number: try? base.decode(Double.self),
                text: nil)
        }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        StrictDecoder(base: try base.superDecoder(), findings: findings)
    }
}
