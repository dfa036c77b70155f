import Mustache
import Reports
import SignalModel

/// A report as one HTML page that needs nothing else: no script, no other file.
///
/// The first part is for those who decide, the rest for the signal engineer.
public struct PlanPage {
    let report: FullReport
    let network: Network
    let writer: PageWriter
    let geometry: Geometry
    /// Junctions with pictures of their stages and of the present greens: all where there are few, else the worst.
    let pictured: Set<Int>

    /// Most junctions that are shown open, each with all its pictures.
    static let greatestOpen = 50

    /// Puts a page together.
    ///
    /// - Parameters:
    ///   - network: The network that the report was made of.
    ///   - language: Language of all words; names stay as they are.
    public init(_ report: FullReport, network: Network, language: PageLanguage = .english) {
        self.report = report
        self.network = network
        writer = PageWriter(language)
        geometry = Geometry(network)
        let junctions = report.plan.junctions
        let order = junctions.indices.sorted { first, second in
            let (one, two) = (junctions[first].traffic, junctions[second].traffic)
            return (two.delay * two.vehicles, first) < (one.delay * one.vehicles, second)
        }
        pictured = Set(order.prefix(Self.greatestOpen))
    }

    /// The page's text.
    ///
    /// - Throws: A fault in the template.
    public func html() throws -> String {
        let library = MustacheLibrary(templates: [
            "page": try MustacheTemplate(string: Self.pageTemplate),
            "first": try MustacheTemplate(string: Self.firstTemplate),
            "engineer": try MustacheTemplate(string: Self.engineerTemplate),
            "junction": try MustacheTemplate(string: Self.junctionTemplate),
            "table": try MustacheTemplate(string: Self.tableTemplate),
            "map": try MustacheTemplate(string: Self.mapTemplate),
        ])
        let page = library.render(Content(self), withTemplate: "page") ?? ""
        // Names may hold anything; what no document may hold goes no further.
        let allowed = page.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }
        return String(String.UnicodeScalarView(allowed))
    }

    /// Whether there is a plan to compare with.
    var hasPresent: Bool { report.plan.presentDelay != nil }

    /// Columns of figures before and after, or after alone.
    func pair(_ title: Word, _ unit: Word, _ key: String, _ decimals: Int) -> [DataTable.Column] {
        let before = "present" + key.prefix(1).uppercased() + key.dropFirst()
        let after = DataTable.Column.figure(writer[title], writer[unit], key, decimals)
        guard hasPresent else { return [after] }
        return [
            .figure("\(writer[title]), \(writer[.now])", writer[unit], before, decimals),
            .figure("\(writer[title]), \(writer[.new])", writer[unit], key, decimals),
        ]
    }

    /// Entries of such columns.
    func pair(_ before: Double?, _ after: Double?, _ decimals: Int) -> [String] {
        hasPresent ? [rounded(before, decimals), rounded(after, decimals)] : [rounded(after, decimals)]
    }

    /// Entries of such columns, where they are letters.
    func pair(_ before: String?, _ after: String?) -> [String] {
        hasPresent ? [before ?? "-", after ?? "-"] : [after ?? "-"]
    }

    /// A movement in words: where it comes from and which way it turns.
    func name(approach: LinkID, turn: Turn) -> String {
        "\(writer[geometry.origin(of: approach)]), \(writer[turn.word])"
    }
}

extension Turn {
    /// The turn in a word.
    var word: Word {
        switch self {
        case .left: .left
        case .through: .through
        case .right: .right
        case .uTurn: .uTurn
        }
    }
}
