import Reports

/// An SVG picture that is put together from a few shapes; looks are classes of the page's style sheet.
struct Drawing {
    let width: Double
    let height: Double
    /// What the picture shows, for those who do not see it.
    let label: String
    private var body = ""

    init(width: Double, height: Double, label: String) {
        self.width = width
        self.height = height
        self.label = label
    }

    mutating func line(_ look: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        body += "<path class=\"\(look)\" d=\"M\(number(x1)) \(number(y1))L\(number(x2)) \(number(y2))\"/>"
    }

    mutating func box(_ look: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        guard width > 0, height > 0 else { return }
        body +=
            "<rect class=\"\(look)\" x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
            + "height=\"\(number(height))\"/>"
    }

    /// A line through points, or an area where it is closed.
    mutating func path(_ look: String, _ points: [(x: Double, y: Double)], isClosed: Bool = false, title: String = "") {
        guard points.count > 1 else { return }
        let way = points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L")
        let end = isClosed ? "Z" : ""
        body +=
            title.isEmpty
            ? "<path class=\"\(look)\" d=\"M\(way)\(end)\"/>"
            : "<path class=\"\(look)\" d=\"M\(way)\(end)\"><title>\(Markup.escaped(title))</title></path>"
    }

    /// A curve from a point to another, bent towards a third.
    mutating func curve(
        _ look: String, from: (x: Double, y: Double), over: (x: Double, y: Double), to: (x: Double, y: Double)
    ) {
        body +=
            "<path class=\"\(look)\" d=\"M\(number(from.x)) \(number(from.y))Q\(number(over.x)) \(number(over.y)) "
            + "\(number(to.x)) \(number(to.y))\"/>"
    }

    mutating func dot(_ look: String, _ x: Double, _ y: Double, radius: Double) {
        body += "<circle class=\"\(look)\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>"
    }

    /// - Parameter look: `s`, `m` or `e` for text that starts, is centred or ends at the place, with further classes.
    mutating func text(_ look: String, _ x: Double, _ y: Double, _ text: String) {
        body += "<text class=\"\(look)\" x=\"\(number(x))\" y=\"\(number(y))\">\(Markup.escaped(text))</text>"
    }

    /// The picture as it stands in the page.
    var markup: String {
        "<svg role=\"img\" aria-label=\"\(Markup.escaped(label))\" viewBox=\"0 0 \(number(width)) \(number(height))\" "
            + "width=\"\(number(width))\" height=\"\(number(height))\">\(body)</svg>"
    }

    /// A length with no more digits than can be seen.
    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
