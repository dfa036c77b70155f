import Foundation

/// Finds the place where a text stops being JSON: decoders do not name it.
struct JSONSyntax {
    /// What may come next.
    private enum Awaited { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing }

    private let bytes: [UInt8]
    private var place = 0
    /// The brackets that are to close what is open.
    private var closing: [UInt8] = []
    private var awaited = Awaited.value

    /// Depth beyond which decoders read no further.
    private static let greatestDepth = 512

    /// Line of the first fault, from 1; nil where there is none that a decoder comes to, or the text is not in UTF-8.
    static func faultyLine(in data: Data) -> Int? {
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        var syntax = JSONSyntax(bytes: Array(data.starts(with: mark) ? data.dropFirst(mark.count) : data))
        guard String(validating: syntax.bytes, as: UTF8.self) != nil, !syntax.isSound() else { return nil }
        // What is cut short ends in the line with its last sign.
        let end = syntax.bytes.lastIndex { !isBlank($0) } ?? 0
        return 1 + syntax.bytes[..<min(syntax.place, end)].count { $0 == UInt8(ascii: "\n") }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Goes through the text up to the first fault.
    private mutating func isSound() -> Bool {
        while closing.count <= Self.greatestDepth {
            while place < bytes.count, Self.isBlank(bytes[place]) { place += 1 }
            guard place < bytes.count else { return awaited == .nothing }
            guard takeNext() else { return false }
        }
        return true
    }

    private mutating func takeNext() -> Bool {
        switch awaited {
        case .nothing: return false
        case .colon:
            awaited = .value
            return take(":")
        case .commaOrEnd where take(","):
            awaited = closing.last == UInt8(ascii: "}") ? .key : .value
            return true
        case .commaOrEnd: return takeEnd()
        case .keyOrEnd where closing.last == bytes[place], .valueOrEnd where closing.last == bytes[place]:
            return takeEnd()
        case .key, .keyOrEnd:
            awaited = .colon
            return takeText()
        case .value, .valueOrEnd: return takeValue()
        }
    }

    private mutating func takeEnd() -> Bool {
        guard closing.last == bytes[place] else { return false }
        place += 1
        closing.removeLast()
        awaited = closing.isEmpty ? .nothing : .commaOrEnd
        return true
    }

    private mutating func takeValue() -> Bool {
        if take("{") {
            closing.append(UInt8(ascii: "}"))
            awaited = .keyOrEnd
            return true
        }
        if take("[") {
            closing.append(UInt8(ascii: "]"))
            awaited = .valueOrEnd
            return true
        }
        awaited = closing.isEmpty ? .nothing : .commaOrEnd
        if bytes[place] == UInt8(ascii: "\"") { return takeText() }
        return take("true") || take("false") || take("null") || takeNumber()
    }

    private mutating func takeText() -> Bool {
        guard take("\"") else { return false }
        while place < bytes.count, bytes[place] >= 0x20 {
            if take("\"") { return true }
            if take("\\u") {
                for _ in 0..<4 {
                    guard place < bytes.count, Character(UnicodeScalar(bytes[place])).isHexDigit else { return false }
                    place += 1
                }
            } else if take("\\") {
                guard place < bytes.count, "\"\\/bfnrt".utf8.contains(bytes[place]) else { return false }
                place += 1
            } else {
                place += 1
            }
        }
        return false
    }

    private mutating func takeNumber() -> Bool {
        _ = take("-")
        guard take("0") || takeDigits() else { return false }
        if take("."), !takeDigits() { return false }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            return takeDigits()
        }
        return true
    }

    private mutating func takeDigits() -> Bool {
        let start = place
        while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
        return place > start
    }

    /// Passes a word where it comes next.
    private mutating func take(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            guard bytes[place...].starts(with: word) else { return false }
            place += word.count
            return true
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x0a, 0x0d, 0x09].contains(byte) }
}
