/// The fields of one object, each taken by the rules of ``StrictDecoder``.
struct StrictKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let base: KeyedDecodingContainer<AnyKey>
    let findings: StrictDecoder.Findings

    var codingPath: [any CodingKey] { base.codingPath }
    var allKeys: [Key] { base.allKeys.compactMap { Key(stringValue: $0.stringValue) } }

    func contains(_ key: Key) -> Bool { base.contains(AnyKey(key)) }

    func decodeNil(forKey key: Key) throws -> Bool { try base.decodeNil(forKey: AnyKey(key)) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let key = AnyKey(key)
        do {
            // A field that is missing is named by the decoder.
            guard !StrictDecoder.isPlain(type), base.contains(key) else { return try base.decode(type, forKey: key) }
            return try type.init(from: StrictDecoder(base: base.superDecoder(forKey: key), findings: findings))
        } catch {
            throw StrictDecoder.explained(
                error, for: type, at: codingPath + [key], number: try? base.decode(Double.self, forKey: key),
                text: try? base.decode(String.self, forKey: key))
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try superDecoder(forKey: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        StrictDecoder(base: try base.superDecoder(), findings: findings)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        StrictDecoder(base: try base.superDecoder(forKey: AnyKey(key)), findings: findings)
    }
}
