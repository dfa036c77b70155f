extension OffsetReference: Codable {
    private enum Key: String, CodingKey { case point, group }
    private enum Point: String, Codable, CaseIterable { case cycleStart, startOfGreen, endOfGreen }

    /// Reads `{"point": "startOfGreen", "group": "…"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(Point.self, forKey: .point) {
        case .cycleStart:
            guard !container.contains(.group) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .group, in: container,
                    debugDescription: "a group, which the start of the cycle does not have")
            }
            self = .cycleStart
        case .startOfGreen: self = .startOfGreen(try container.decode(SignalGroupID.self, forKey: .group))
        case .endOfGreen: self = .endOfGreen(try container.decode(SignalGroupID.self, forKey: .group))
        }
    }

    /// Writes `{"point": "startOfGreen", "group": "…"}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .cycleStart: try container.encode(Point.cycleStart, forKey: .point)
        case .startOfGreen(let group):
            try container.encode(Point.startOfGreen, forKey: .point)
            try container.encode(group, forKey: .group)
        case .endOfGreen(let group):
            try container.encode(Point.endOfGreen, forKey: .point)
            try container.encode(group, forKey: .group)
        }
    }
}
