import Reports

/// A piece of HTML that is sound whatever names stand in it.
struct Markup {
    /// The HTML.
    let html: String

    /// HTML that is known to be sound.
    init(sound html: String) { self.html = html }

    /// Any text, escaped.
    init(_ text: String) { html = Markup.escaped(text) }

    /// A number of the report with the place where the JSON has it, so that one can be held against the other.
    ///
    /// - Parameter isSigned: Whether a plus stands before what is above 0.
    init(_ value: Double?, at path: String, decimals: Int = 0, factor: Double = 1, isSigned: Bool = false) {
        let scaled = value.map { $0 * factor }
        let text = rounded(scaled, decimals)
        let sign = isSigned && scaled ?? 0 > 0 ? "+" : ""
        let scale = factor == 1 ? "" : " data-factor=\"\(Int(factor))\""
        html =
            "<data value=\"\(value.map { "\($0)" } ?? "")\" data-key=\"\(path)\" data-decimals=\"\(decimals)\"\(scale)>"
            + sign + text + "</data>"
    }

    /// Text with what HTML and SVG take for their own replaced.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result += " "
            // Not allowed in XML, and nothing that anyone could see.
            case _ where scalar.value < 0x20 || scalar.value == 0x7f || scalar.value & 0xfffe == 0xfffe:
                result += "\u{fffd}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
