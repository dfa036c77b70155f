/// A number as a document gave it, kept even where it is no usable one.
///
/// JSON has no word for "not a number", so values that are not finite are written as strings.
public struct GivenValue: Sendable {
    /// The number.
    public let value: Double

    /// Keeps a number.
    public init(_ value: Double) { self.value = value }
}

extension GivenValue: Equatable {
    /// Two values that are not numbers are the same finding.
    public static func == (first: Self, second: Self) -> Bool {
        first.value == second.value || (first.value.isNaN && second.value.isNaN)
    }
}

extension GivenValue: CustomStringConvertible {
    /// The number in decimals, or `nan`, `inf`, `-inf`.
    public var description: String { "\(value)" }
}

extension GivenValue: Codable {
    /// Reads a number, or the string that stands for one that is not finite.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            value = number
            return
        }
        let text = try container.decode(String.self)
        guard let number = Double(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number: \(text)")
        }
        value = number
    }

    /// Writes a number, or the string that stands for one that is not finite.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if value.isFinite {
            try container.encode(value)
        } else {
            try container.encode(description)
        }
    }
}
