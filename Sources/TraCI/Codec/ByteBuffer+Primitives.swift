import NIOCore

/// What TraCI messages are made of: big-endian numbers, and texts after their length.
extension ByteBuffer {
    mutating func readTraciInteger<Number: FixedWidthInteger>(
        _ what: String, as type: Number.Type = Number.self
    ) throws(TraciError) -> Number {
        guard let value = readInteger(as: type) else { throw cutShort(what) }
        return value
    }

    mutating func readTraciDouble(_ what: String) throws(TraciError) -> Double {
        Double(bitPattern: try readTraciInteger(what, as: UInt64.self))
    }

    /// A text in UTF-8; bytes that are none become the replacement character.
    mutating func readTraciText(_ what: String) throws(TraciError) -> String {
        let length = try readTraciCount(what, leastSize: 1)
        guard let text = readString(length: length) else { throw cutShort(what) }
        return text
    }

    mutating func readTraciTexts(_ what: String) throws(TraciError) -> [String] {
        let count = try readTraciCount(what, leastSize: 4)
        var texts: [String] = []
        texts.reserveCapacity(count)
        for _ in 0..<count { texts.append(try readTraciText(what)) }
        return texts
    }

    /// How many things follow, each of at least so many bytes: never more than there is room for in the message, so
    /// that a wrong number cannot make anybody reserve memory.
    mutating func readTraciCount(_ what: String, leastSize: Int) throws(TraciError) -> Int {
        let count = Int(try readTraciInteger(what, as: Int32.self))
        guard count >= 0, count <= readableBytes / leastSize else {
            throw .malformed(
                expected: "\(what): 0 … \(readableBytes / leastSize) items, \(readableBytes) bytes being left",
                found: "\(count)")
        }
        return count
    }

    private func cutShort(_ what: String) -> TraciError {
        .malformed(expected: what, found: "the end of the message, \(readableBytes) bytes being left")
    }

    mutating func writeTraciDouble(_ value: Double) { writeInteger(value.bitPattern) }

    mutating func writeTraciText(_ text: String) {
        writeInteger(Int32(clamping: text.utf8.count))
        writeString(text)
    }
}
