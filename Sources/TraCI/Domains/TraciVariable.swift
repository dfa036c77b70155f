/// A variable that every object of a domain has, with the type of its value.
public struct TraciVariable<Domain: TraciDomain, Value: Sendable>: Sendable {
    /// Its number in the protocol.
    let code: UInt8
    let decode: @Sendable (TraciValue) throws(TraciError) -> Value

    init(_ code: UInt8, _ decode: @escaping @Sendable (TraciValue) throws(TraciError) -> Value) {
        self.code = code
        self.decode = decode
    }
}

/// A variable that a client may set.
public struct TraciSetting<Domain: TraciDomain, Value: Sendable>: Sendable {
    /// Its number in the protocol.
    let code: UInt8
    let encode: @Sendable (Value) -> TraciValue

    init(_ code: UInt8, _ encode: @escaping @Sendable (Value) -> TraciValue) {
        self.code = code
        self.encode = encode
    }
}

extension TraciVariable where Value == Int {
    init(count code: UInt8) { self.init(code) { value throws(TraciError) in try value.integer } }
}

extension TraciVariable where Value == Double {
    init(number code: UInt8) { self.init(code) { value throws(TraciError) in try value.number } }
}

extension TraciVariable where Value == String {
    init(text code: UInt8) { self.init(code) { value throws(TraciError) in try value.text } }
}

extension TraciVariable {
    init<Other>(name code: UInt8) where Value == TraciID<Other> {
        self.init(code) { value throws(TraciError) in TraciID(try value.text) }
    }

    init<Other>(names code: UInt8) where Value == [TraciID<Other>] {
        self.init(code) { value throws(TraciError) in try value.texts.map { TraciID($0) } }
    }
}
