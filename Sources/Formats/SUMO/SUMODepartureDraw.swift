import Foundation
import SignalModel

/// Draws the vehicles of a route file anew.
public enum SUMODepartureDraw: Sendable {
    /// Another day: as many as were counted in the mean, at about the same times, with other luck.
    ///
    /// Every vehicle comes a Poisson-distributed number of times with mean 1, each time up to ``greatestShift`` earlier or
    /// later (a smoothed Poisson bootstrap). So every flow, however it is cut, is a Poisson number about what was counted, and
    /// peaks stay where they were.
    case day
    /// The same counts: every vehicle comes once, at another time of the ``countInterval`` that it came in.
    case departures

    /// Farthest that a departure moves on another day, s.
    public static let greatestShift = 30.0
    /// Intervals, from the start of the window on, in which counts stay as they were, s.
    public static let countInterval = 300.0

    /// What is drawn, in words.
    public var description: String {
        switch self {
        case .day: "each vehicle a Poisson number of times, up to \(Int(Self.greatestShift)) s earlier or later"
        case .departures: "each vehicle at another time of the \(Int(Self.countInterval)) s that it came in"
        }
    }

    fileprivate struct Element {
        var tag: XMLStartTag
        var children: [Element] = []

        func text(indent: Int, id: String? = nil, depart: Double? = nil) -> String {
            let margin = String(repeating: "    ", count: indent)
            var attributes = tag.attributes
            if let id { attributes["id"] = id }
            if let depart { attributes["depart"] = String(format: "%.2f", depart) }
            var text = margin + "<" + tag.name
            for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
                text += " \(key)=\"\(XMLText.escaped(value))\""
            }
            guard !children.isEmpty else { return text + "/>\n" }
            text += ">\n" + children.map { $0.text(indent: indent + 1) }.joined()
            return text + margin + "</\(tag.name)>\n"
        }
    }

    /// The text of a route file with the vehicles of `<trip>` and `<vehicle>` elements drawn anew.
    ///
    /// People, types and routes stay as they are. A `<flow>` is refused: it is not a vehicle that was counted.
    ///
    /// - Parameters:
    ///   - path: The route file.
    ///   - begin: Start of the window, s; who departs before it, or after `end`, is left out.
    ///   - end: End of the window, s.
    ///   - seed: The same seed gives the same vehicles.
    /// - Throws: ``FormatError`` that names line and attribute.
    public func routes(
        from path: String, begin: Double, end: Double, seed: UInt64
    ) throws(FormatError) -> String {
        var generator = SeededGenerator(seed: seed)
        var kept = ""
        var drawn: [(depart: Double, text: String)] = []
        for element in try Self.elements(of: path) {
            switch element.tag.name {
            case "flow", "routeFlow":
                throw element.tag.failure(
                    .unexpected(expected: "single vehicles, which departures can be drawn from", found: "a flow"))
            case "trip", "vehicle":
                let depart = try element.tag.number("depart", -1e9...1e9)
                guard begin <= depart, depart < end else { continue }
                let id = try element.tag.text("id")
                for (copy, time) in times(of: depart, begin, end, &generator).enumerated() {
                    drawn.append((time, element.text(indent: 1, id: copy == 0 ? id : "\(id)+\(copy)", depart: time)))
                }
            case "person", "personFlow", "container", "containerFlow":
                drawn.append((try element.tag.number("depart", -1e9...1e9, default: begin), element.text(indent: 1)))
            default: kept += element.text(indent: 1)
            }
        }
        let order = drawn.indices.sorted { (drawn[$0].depart, $0) < (drawn[$1].depart, $1) }
        return "<routes>\n" + kept + order.map { drawn[$0].text }.joined() + "</routes>\n"
    }

    /// When a vehicle comes in place of its own time.
    private func times(
        of depart: Double, _ begin: Double, _ end: Double, _ generator: inout SeededGenerator
    ) -> [Double] {
        switch self {
        case .day:
            return (0..<PoissonNumber.draw(mean: 1, using: &generator)).map { _ in
                let shifted = depart + (2 * generator.nextShare() - 1) * Self.greatestShift
                // What would leave the window is mirrored at its border.
                let inside = shifted < begin ? 2 * begin - shifted : shifted >= end ? 2 * end - shifted : shifted
                return min(max(inside, begin), end - 0.01)
            }
        case .departures:
            let first = begin + ((depart - begin) / Self.countInterval).rounded(.down) * Self.countInterval
            let length = min(Self.countInterval, end - first)
            return [min(first + generator.nextShare() * length, end - 0.01)]
        }
    }

    private static func elements(of path: String) throws(FormatError) -> [Element] {
        var top: [Element] = []
        try XMLStream.read(path, root: ["routes", "additional"]) { tag, open throws(FormatError) in
            guard !open.isEmpty else { return }
            guard !top.isEmpty || open.count == 1 else { return }
            if open.count == 1 {
                top.append(Element(tag: tag))
            } else {
                top[top.count - 1].insert(tag, depth: open.count - 2)
            }
        }
        return top
    }
}

extension SUMODepartureDraw.Element {
    fileprivate mutating func insert(_ tag: XMLStartTag, depth: Int) {
        guard depth > 0, !children.isEmpty else {
            children.append(.init(tag: tag))
            return
        }
        children[children.count - 1].insert(tag, depth: depth - 1)
    }
}
