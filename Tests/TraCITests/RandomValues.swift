import TestSupport

@testable import TraCI

/// Values of every type of the protocol, nested.
struct RandomValues {
    var random: SplitMix64

    mutating func value(depth: Int = 0) -> TraciValue {
        let kinds = TraciValue.Kind.allCases.filter { depth < 3 || $0 != .compound }
        switch kinds.randomElement(using: &random) ?? .integer {
        case .unsignedByte: return .unsignedByte(.random(in: .min ... .max, using: &random))
        case .byte: return .byte(.random(in: .min ... .max, using: &random))
        case .integer: return .integer(.random(in: .min ... .max, using: &random))
        case .double: return .double(number())
        case .string: return .string(text())
        case .strings: return .strings(list { $0.text() })
        case .doubles: return .doubles(list { $0.number() })
        case .position: return .position(position())
        case .elevatedPosition: return .elevatedPosition(position(), z: number())
        case .geographicPosition: return .geographicPosition(position())
        case .elevatedGeographicPosition: return .elevatedGeographicPosition(position(), altitude: number())
        case .roadPosition: return .roadPosition(edge: text(), distance: number(), lane: 3)
        case .polygon:
            let count = [0, 1, 4, 255, 256, 300].randomElement(using: &random) ?? 0
            return .polygon((0..<count).map { _ in position() })
        case .color: return .color(red: 1, green: 2, blue: 254, alpha: 255)
        case .compound: return .compound(list { $0.value(depth: depth + 1) })
        }
    }

    mutating func text() -> String {
        String(list { values in ["a", "#", "_", "ü", "漢", "0"].randomElement(using: &values.random) ?? "a" })
    }

    private mutating func number() -> Double { .random(in: -1e9...1e9, using: &random) }

    private mutating func position() -> TraciValue.Position { TraciValue.Position(x: number(), y: number()) }

    private mutating func list<Item>(_ item: (inout RandomValues) -> Item) -> [Item] {
        var items: [Item] = []
        for _ in 0..<Int.random(in: 0...5, using: &random) { items.append(item(&self)) }
        return items
    }
}
