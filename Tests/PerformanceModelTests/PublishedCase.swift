import Foundation
import TestSupport

/// A published case of the shared folder, read by paths such as `inputs.phase.major.Y`.
struct PublishedCase {
    /// A value that is not in the case, or is of another kind.
    struct Unfit: Error, CustomStringConvertible {
        var path: String
        var expected: String
        var description: String { "\(path): expected \(expected)" }
    }

    private let value: Any
    private let path: String

    /// Reads `cases/NAME.json`.
    init(_ name: String) throws {
        let data = try Data(contentsOf: SharedData.url("cases/\(name).json"))
        self.init(value: try JSONSerialization.jsonObject(with: data), path: name)
    }

    private init(value: Any, path: String) {
        self.value = value
        self.path = path
    }

    func at(_ path: String) throws -> PublishedCase {
        var found = self
        for key in path.split(separator: ".").map(String.init) {
            let place = "\(found.path).\(key)"
            guard let next = (found.value as? [String: Any])?[key] else {
                throw Unfit(path: place, expected: "a value")
            }
            found = PublishedCase(value: next, path: place)
        }
        return found
    }

    func number(_ path: String) throws -> Double { try number(at(path)) }

    func numbers(_ path: String) throws -> [Double] { try items(path).map(number) }

    func text(_ path: String) throws -> String {
        let found = try at(path)
        guard let text = found.value as? String else { throw Unfit(path: found.path, expected: "a text") }
        return text
    }

    func items(_ path: String) throws -> [PublishedCase] {
        let found = try at(path)
        guard let items = found.value as? [Any] else { throw Unfit(path: found.path, expected: "a list") }
        return items.enumerated().map { PublishedCase(value: $1, path: "\(found.path)[\($0)]") }
    }

    /// Names in an object, sorted.
    func names(_ path: String) throws -> [String] {
        let found = try at(path)
        guard let object = found.value as? [String: Any] else { throw Unfit(path: found.path, expected: "an object") }
        return object.keys.sorted()
    }

    /// Whether there is anything but null at the path.
    func has(_ path: String) -> Bool {
        guard let found = try? at(path) else { return false }
        return !(found.value is NSNull)
    }

    private func number(_ found: PublishedCase) throws -> Double {
        guard let number = found.value as? NSNumber else { throw Unfit(path: found.path, expected: "a number") }
        return number.doubleValue
    }
}

/// Whether a value rounds to what was printed with so many decimals.
func rounds(_ value: Double, to printed: Double, decimals: Int) -> Bool {
    var unit = 1.0
    for _ in 0..<decimals { unit /= 10 }
    return abs(value - printed) <= unit / 2 + 1e-9
}
