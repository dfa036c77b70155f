/// A value as it stands in a TraCI message, with its type.
public indirect enum TraciValue: Equatable, Sendable {
    /// A place in the plane, m; or degrees of longitude and latitude.
    public struct Position: Equatable, Sendable {
        /// First coordinate.
        public var x: Double
        /// Second coordinate.
        public var y: Double

        /// A place by its coordinates.
        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    case unsignedByte(UInt8)
    case byte(Int8)
    case integer(Int32)
    case double(Double)
    case string(String)
    case strings([String])
    case doubles([Double])
    /// m.
    case position(Position)
    /// m.
    case elevatedPosition(Position, z: Double)
    /// Degrees.
    case geographicPosition(Position)
    /// Degrees and m.
    case elevatedGeographicPosition(Position, altitude: Double)
    /// An edge, a distance from its start in m, and the number of a lane from the right.
    case roadPosition(edge: String, distance: Double, lane: UInt8)
    /// m.
    case polygon([Position])
    case color(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8)
    case compound([TraciValue])
}

extension TraciValue {
    /// The byte that stands for a type.
    enum Kind: UInt8, CaseIterable {
        case geographicPosition = 0x00
        case position = 0x01
        case elevatedGeographicPosition = 0x02
        case elevatedPosition = 0x03
        case roadPosition = 0x04
        case polygon = 0x06
        case unsignedByte = 0x07
        case byte = 0x08
        case integer = 0x09
        case double = 0x0b
        case string = 0x0c
        case strings = 0x0e
        case compound = 0x0f
        case doubles = 0x10
        case color = 0x11
    }

    /// Its type.
    var kind: Kind {
        switch self {
        case .unsignedByte: .unsignedByte
        case .byte: .byte
        case .integer: .integer
        case .double: .double
        case .string: .string
        case .strings: .strings
        case .doubles: .doubles
        case .position: .position
        case .elevatedPosition: .elevatedPosition
        case .geographicPosition: .geographicPosition
        case .elevatedGeographicPosition: .elevatedGeographicPosition
        case .roadPosition: .roadPosition
        case .polygon: .polygon
        case .color: .color
        case .compound: .compound
        }
    }
}
