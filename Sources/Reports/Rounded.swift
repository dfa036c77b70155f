import Foundation

/// A number with fixed decimals; a dash where there is none.
package func rounded(_ value: Double?, _ decimals: Int = 0) -> String {
    value.map { String(format: "%.\(decimals)f", $0) } ?? "-"
}

/// A time in seconds with no more decimals than it has, three at most.
package func seconds(_ value: Double) -> String {
    let text = String(format: "%.3f", value)
    let trimmed = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return String(trimmed.reversed())
}
