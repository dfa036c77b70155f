import Comparison
import Mustache
import SignalModel

/// The comparison as one self-contained HTML page: tables, distributions by seed, paired differences, and a map of who gains
/// and who pays.
public struct ComparisonPage {
    private struct TableRow {
        var label: String
        var value: String
        var difference: String
        var says: String
        var cells: [String]
    }

    private struct Section {
        var heading: String
        var columns: [String]
        var rows: [TableRow]
        var plots: [IntervalPlot]
        var maps: [MovementMap]
    }

    private let title: String
    private let heading: String
    private let definition: String
    private let footnote: String
    private let reference: String
    private let plans: [String]
    private let sections: [Section]

    /// Puts the page together.
    public init(_ result: PlanComparison, network: Network) {
        title = "Plans for \(result.setting.network)"
        heading = result.heading
        definition = result.setting.definition
        footnote = result.footnote
        reference = result.reference
        plans = result.plans.map { "\($0.label): \($0.description)" } + result.absences
        sections = result.levels.map { level in Self.section(level, of: result, network) }
    }

    /// The page's text.
    ///
    /// - Throws: A fault in the template.
    public func html() throws -> String { try MustacheTemplate(string: Self.template).render(self) }

    private static func section(
        _ level: PlanComparison.Level, of result: PlanComparison, _ network: Network
    ) -> Section {
        let measures = Measure.allCases.filter { measure in
            measure != .delay && level.outcomes.contains { $0.values[measure] != nil }
        }
        let delays = level.outcomes.compactMap { outcome in outcome.values[.delay].map { (outcome.label, $0) } }
        let rows = level.outcomes.map { outcome in
            let delay = outcome.values[.delay]
            return TableRow(
                label: outcome.label,
                value: rounded(delay?.interval.mean, 1) + " " + (delay?.interval.plusMinus(1) ?? ""),
                difference: delay?.difference.map {
                    "\(rounded($0.interval.mean, 1)) (\($0.interval.range(1)))"
                } ?? "",
                says: delay?.difference?.sentence ?? "reference",
                cells: measures.map { measure in
                    outcome.values[measure].map { value in
                        "\(rounded(value.interval.mean, measure.decimals)) "
                            + value.interval.plusMinus(measure.decimals) + value.mark(measure)
                    } ?? "–"
                })
        }
        let spread = IntervalPlot(
            title: "Total delay by seed, s per vehicle: every dot is a seed, the bar the interval of the mean",
            entries: delays.map { ($0, $1.bySeed, $1.interval, "") }, showsZero: false)
        let differences = delays.compactMap { label, value in
            value.difference.map { (label, $0.bySeed, $0.interval, $0.sentence) }
        }
        let paired = IntervalPlot(
            title:
                "Difference from \(result.reference), seed by seed, s per vehicle: shown where the bar does not cross zero",
            entries: differences, showsZero: true)
        return Section(
            heading: "Demand × \(seconds(level.demandScale))", columns: measures.map(\.title), rows: rows,
            plots: differences.isEmpty ? [spread] : [spread, paired],
            maps: level.outcomes.compactMap { MovementMap($0, network: network) })
    }

    private static let template = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <style>
        body { font: 15px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0; }
        th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid #ddd; text-align: left; white-space: nowrap; }
        th { white-space: normal; vertical-align: bottom; font-weight: 600; }
        svg { max-width: 100%; height: auto; }
        svg text { font: 12px system-ui, sans-serif; fill: #333; }
        figure { margin: 1.5rem 0; }
        figcaption { font-weight: 600; }
        summary { cursor: pointer; padding: 0.3rem 0; }
        </style>
        </head>
        <body>
        <h1>{{title}}</h1>
        <p>{{heading}}.</p>
        <p><strong>Delay here:</strong> {{definition}}.</p>
        <ul>{{#plans}}<li>{{.}}</li>{{/plans}}</ul>
        {{#sections}}
        <h2>{{heading}}</h2>
        <div class="wide"><table>
        <thead><tr><th scope="col">plan</th><th scope="col">total delay, s/veh</th><th scope="col">less {{reference}}</th><th scope="col">says</th></tr></thead>
        <tbody>
        {{#rows}}<tr><th scope="row">{{label}}</th><td>{{value}}</td><td>{{difference}}</td><td>{{says}}</td></tr>
        {{/rows}}</tbody></table></div>
        {{#plots}}
        <figure><figcaption>{{title}}</figcaption>
        <svg role="img" aria-label="{{title}}" viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}">
        {{#ticks}}<line x1="{{x}}" x2="{{x}}" y1="0" y2="{{bottom}}" stroke="#e4e4e4"/><text x="{{x}}" y="{{tickY}}" text-anchor="middle">{{text}}</text>
        {{/ticks}}{{#zero}}<line x1="{{.}}" x2="{{.}}" y1="0" y2="{{bottom}}" stroke="#555" stroke-dasharray="4 3"/>{{/zero}}
        {{#rows}}<g><title>{{title}}</title><text x="180" y="{{textY}}" text-anchor="end">{{label}}</text>
        {{#hasInterval}}<line x1="{{low}}" x2="{{high}}" y1="{{y}}" y2="{{y}}" stroke="#1565c0" stroke-width="7" stroke-opacity="0.35"/>{{/hasInterval}}
        {{#dots}}<circle cx="{{.}}" cy="{{y}}" r="3" fill="#333" fill-opacity="0.45"/>{{/dots}}
        <circle cx="{{mean}}" cy="{{y}}" r="4.5" fill="#1565c0"/></g>
        {{/rows}}</svg></figure>
        {{/plots}}
        <h3>Everything else</h3>
        <div class="wide"><table>
        <thead><tr><th scope="col">plan</th>{{#columns}}<th scope="col">{{.}}</th>{{/columns}}</tr></thead>
        <tbody>
        {{#rows}}<tr><th scope="row">{{label}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>
        <p>+ better, - worse than {{reference}}, where the interval shows it.</p>
        <h3>Who gains, who pays</h3>
        <p>Movements at signals, as wide as their traffic: <span style="color:#1565c0">blue</span> where less delay is shown than
        under {{reference}}, <span style="color:#e65100">orange</span> where more is, grey where no difference is shown.</p>
        {{#maps}}
        <details open><summary>{{label}}: {{gains}} movements gain, {{pays}} pay, {{unshown}} without a difference shown</summary>
        <svg role="img" aria-label="Map of movements under {{label}}" viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}">
        {{#roads}}<polyline points="{{.}}" fill="none" stroke="#d8d8d8" stroke-width="2"/>{{/roads}}
        {{#strokes}}<polyline points="{{points}}" fill="none" stroke="{{colour}}" stroke-width="{{width}}" stroke-opacity="0.8"><title>{{title}}</title></polyline>
        {{/strokes}}</svg></details>
        {{/maps}}
        {{/sections}}
        <p>{{footnote}}</p>
        </body>
        </html>

        """
}
