import NIOCore

extension ByteBuffer {
    /// Deepest nesting of compounds that is read; SUMO's own go three deep.
    static let greatestTraciDepth = 8

    /// Reads the byte of a type and a value of it.
    ///
    /// - Throws: ``TraciError/malformed(expected:found:)`` when the bytes are no value, or end within it.
    mutating func readTraciValue(depth: Int = 0) throws(TraciError) -> TraciValue {
        let code = try readTraciInteger("the type of a value", as: UInt8.self)
        guard let kind = TraciValue.Kind(rawValue: code) else {
            throw .malformed(expected: "the type of a value", found: "0x\(String(code, radix: 16))")
        }
        switch kind {
        case .unsignedByte: return .unsignedByte(try readTraciInteger("a byte"))
        case .byte: return .byte(try readTraciInteger("a byte"))
        case .integer: return .integer(try readTraciInteger("a whole number"))
        case .double: return .double(try readTraciDouble("a number"))
        case .string: return .string(try readTraciText("a text"))
        case .strings: return .strings(try readTraciTexts("a list of texts"))
        case .doubles:
            let count = try readTraciCount("a list of numbers", leastSize: 8)
            var numbers: [Double] = []
            numbers.reserveCapacity(count)
            for _ in 0..<count { numbers.append(try readTraciDouble("a number")) }
            return .doubles(numbers)
        case .position: return .position(try readTraciPosition())
        case .elevatedPosition: return .elevatedPosition(try readTraciPosition(), z: try readTraciDouble("a height"))
        case .geographicPosition: return .geographicPosition(try readTraciPosition())
        case .elevatedGeographicPosition:
            return .elevatedGeographicPosition(try readTraciPosition(), altitude: try readTraciDouble("a height"))
        case .roadPosition:
            return .roadPosition(
                edge: try readTraciText("an edge"), distance: try readTraciDouble("a distance"),
                lane: try readTraciInteger("a lane"))
        case .polygon: return .polygon(try readTraciPolygon())
        case .color:
            return .color(
                red: try readTraciInteger("red"), green: try readTraciInteger("green"),
                blue: try readTraciInteger("blue"), alpha: try readTraciInteger("alpha"))
        case .compound:
            guard depth < Self.greatestTraciDepth else {
                throw .malformed(expected: "compounds nested at most \(Self.greatestTraciDepth) deep", found: "more")
            }
            // The least item has a type and one byte.
            let count = try readTraciCount("a compound", leastSize: 2)
            var items: [TraciValue] = []
            items.reserveCapacity(count)
            for _ in 0..<count { items.append(try readTraciValue(depth: depth + 1)) }
            return .compound(items)
        }
    }

    private mutating func readTraciPosition() throws(TraciError) -> TraciValue.Position {
        TraciValue.Position(x: try readTraciDouble("a coordinate"), y: try readTraciDouble("a coordinate"))
    }

    /// The number of points is one byte, or four after a byte 0.
    private mutating func readTraciPolygon() throws(TraciError) -> [TraciValue.Position] {
        let short = Int(try readTraciInteger("the number of points", as: UInt8.self))
        let count = short > 0 ? short : try readTraciCount("the number of points", leastSize: 16)
        guard count <= readableBytes / 16 else {
            throw .malformed(expected: "\(count) points", found: "\(readableBytes) bytes")
        }
        var points: [TraciValue.Position] = []
        points.reserveCapacity(count)
        for _ in 0..<count { points.append(try readTraciPosition()) }
        return points
    }

    /// Writes the byte of a value's type and the value.
    mutating func writeTraciValue(_ value: TraciValue) {
        writeInteger(value.kind.rawValue)
        switch value {
        case .unsignedByte(let byte): writeInteger(byte)
        case .byte(let byte): writeInteger(byte)
        case .integer(let number): writeInteger(number)
        case .double(let number): writeTraciDouble(number)
        case .string(let text): writeTraciText(text)
        case .strings(let texts):
            writeInteger(Int32(clamping: texts.count))
            for text in texts { writeTraciText(text) }
        case .doubles(let numbers):
            writeInteger(Int32(clamping: numbers.count))
            for number in numbers { writeTraciDouble(number) }
        case .position(let position), .geographicPosition(let position): writeTraciPosition(position)
        case .elevatedPosition(let position, let height), .elevatedGeographicPosition(let position, let height):
            writeTraciPosition(position)
            writeTraciDouble(height)
        case .roadPosition(let edge, let distance, let lane):
            writeTraciText(edge)
            writeTraciDouble(distance)
            writeInteger(lane)
        case .polygon(let points):
            if (1...255).contains(points.count) {
                writeInteger(UInt8(points.count))
            } else {
                writeInteger(UInt8(0))
                writeInteger(Int32(clamping: points.count))
            }
            for point in points { writeTraciPosition(point) }
        case .color(let red, let green, let blue, let alpha): writeBytes([red, green, blue, alpha])
        case .compound(let items):
            writeInteger(Int32(clamping: items.count))
            for item in items { writeTraciValue(item) }
        }
    }

    private mutating func writeTraciPosition(_ position: TraciValue.Position) {
        writeTraciDouble(position.x)
        writeTraciDouble(position.y)
    }
}
