extension TraciValue {
    var integer: Int {
        get throws(TraciError) {
            switch self {
            case .integer(let value): return Int(value)
            case .byte(let value): return Int(value)
            case .unsignedByte(let value): return Int(value)
            default: throw unexpected("integer")
            }
        }
    }

    var number: Double {
        get throws(TraciError) {
            guard case .double(let value) = self else { throw unexpected("double") }
            return value
        }
    }

    var text: String {
        get throws(TraciError) {
            guard case .string(let value) = self else { throw unexpected("string") }
            return value
        }
    }

    var texts: [String] {
        get throws(TraciError) {
            guard case .strings(let value) = self else { throw unexpected("strings") }
            return value
        }
    }

    var items: [TraciValue] {
        get throws(TraciError) {
            guard case .compound(let value) = self else { throw unexpected("compound") }
            return value
        }
    }

    /// The items of a compound of at least so many.
    func items(_ count: Int, _ what: String) throws(TraciError) -> [TraciValue] {
        let items = try items
        guard items.count >= count else {
            throw .unexpectedValue(expected: "\(what) of \(count) items", found: "\(items.count) items")
        }
        return items
    }

    func unexpected(_ expected: String) -> TraciError { .unexpectedValue(expected: expected, found: "\(kind)") }
}

extension TraciValue {
    var place: Position {
        get throws(TraciError) {
            guard case .position(let value) = self else { throw unexpected("position") }
            return value
        }
    }
}
