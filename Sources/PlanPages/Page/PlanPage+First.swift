import Reports
import SignalModel

extension PlanPage {
    var subtitle: String {
        let plan = report.plan
        return writer.sentence(
            hasPresent || plan.plan != "present" ? .subtitle : .subtitlePresent, Markup(plan.plan),
            Markup(Double(report.headline.junctionCount), at: "headline.junctionCount"),
            Markup(plan.start, at: "start"), Markup(seconds(plan.start + plan.duration))
        ).html
    }

    /// What it comes to, in a sentence or two.
    var lead: [String] {
        let figures = report.headline
        let after = Markup(figures.delay, at: "headline.delay", decimals: 1)
        guard let before = figures.presentDelay, let share = figures.savedShare else {
            return [writer.sentence(.leadAlone, after).html]
        }
        let change =
            share >= 0
            ? Markup(share, at: "headline.savedShare", factor: 100)
            : Markup(share, at: "headline.savedShare", factor: -100, isSigned: true)
        return [
            writer.sentence(
                share >= 0 ? .leadBetter : .leadWorse, after,
                Markup(before, at: "headline.presentDelay", decimals: 1), change
            ).html,
            writer.sentence(
                .leadSides, count(figures.gainingMovements, "gainingMovements"),
                count(figures.payingMovements, "payingMovements"),
                count(figures.unchangedMovements, "unchangedMovements")
            ).html,
        ]
    }

    private func count(_ value: Int, _ key: String) -> Markup { Markup(Double(value), at: "headline.\(key)") }

    var cards: [Content.Card] {
        let figures = report.headline
        func card(_ name: Word, _ unit: Word, _ before: Double?, _ after: Double?, _ key: String, _ decimals: Int)
            -> Content.Card
        {
            let present = "present" + key.prefix(1).uppercased() + key.dropFirst()
            return Content.Card(
                name: writer[name],
                before: hasPresent && before != nil
                    ? [Markup(before, at: "headline.\(present)", decimals: decimals).html] : [],
                after: Markup(after, at: "headline.\(key)", decimals: decimals).html, unit: writer[unit])
        }
        var cards = [
            card(.delayPerVehicle, .delayUnit, figures.presentDelay, figures.delay, "delay", 1),
            card(
                .lostHours, .lostHoursUnit, figures.presentVehicleHoursPerHour, figures.vehicleHoursPerHour,
                "vehicleHoursPerHour", 0),
        ]
        if figures.peopleDelay != nil || figures.presentPeopleDelay != nil {
            cards.append(card(.footWait, .footUnit, figures.presentPeopleDelay, figures.peopleDelay, "peopleDelay", 1))
        }
        cards.append(card(.traffic, .trafficUnit, nil, figures.vehiclesPerHour, "vehiclesPerHour", 0))
        return cards
    }

    /// What the figures are made from.
    var rests: [String] {
        var lines = [writer[.restsModel]].map(Markup.escaped)
        if let detectors = report.detectors {
            lines.append(
                writer.sentence(
                    .restsDetectors, Markup(Double(detectors.detectorCount), at: "detectors.detectorCount"),
                    Markup("\(detectors.leftOut.count)")
                ).html)
        } else {
            lines.append(Markup.escaped(writer[.restsFlows]))
        }
        lines.append(writer.sentence(.restsDefinition, Markup(writer[.definition])).html)
        if report.plan.definition.contains("pieces") { lines.append(Markup.escaped(writer[.inPieces])) }
        return lines
    }

    var uncertain: [String] {
        let figures = report.headline
        var lines: [Markup] = []
        if figures.flowErrorShare != nil {
            lines.append(
                writer.sentence(
                    .uncertainFlows, Markup(figures.flowErrorShare, at: "headline.flowErrorShare", factor: 100),
                    Markup(figures.intervalLength, at: "headline.intervalLength")))
        } else {
            lines.append(Markup(writer[.uncertainFlowsUnknown]))
        }
        let compared = report.sensitivity.filter { $0.presentDelay != nil }
        if let first = compared.first, let last = compared.last {
            let better = compared.count { $0.delay < $0.presentDelay ?? 0 }
            lines.append(
                writer.sentence(
                    .uncertainDemand, Markup("\(better)"), Markup("\(compared.count)"),
                    Markup(first.scale, at: "sensitivity.0.scale", decimals: 1),
                    Markup(last.scale, at: "sensitivity.\(compared.count - 1).scale", decimals: 1)))
        }
        if figures.peopleDelay != nil {
            lines.append(
                figures.peoplePerHour > 0
                    ? writer.sentence(
                        .uncertainFootCounted, Markup(figures.peoplePerHour, at: "headline.peoplePerHour"))
                    : Markup(writer[.uncertainFoot]))
        }
        if !report.plan.notices.isEmpty {
            lines.append(writer.sentence(.uncertainNotices, Markup("\(report.plan.notices.count)")))
        }
        return lines.map(\.html)
    }

    /// The map of who gains and who pays; none without a present plan.
    var changeMap: [NetworkMap] {
        guard hasPresent else { return [] }
        var values: [LinkID: Double] = [:]
        for approach in report.plan.junctions.flatMap(\.approaches) {
            if let before = approach.traffic.presentDelay {
                values[approach.approach] = approach.traffic.delay - before
            }
        }
        return [map(values, MapClass.changes, .mapChange) { "\($0 > 0 ? "+" : "")\(rounded($0, 1)) s" }]
    }

    /// The map of the greatest degree of saturation of each approach.
    var saturationMap: NetworkMap {
        var values: [LinkID: Double] = [:]
        for movement in report.plan.movements where movement.junction != nil {
            // No capacity at all is as full as it gets.
            let x = movement.degreeOfSaturation ?? .infinity
            values[movement.approach] = max(values[movement.approach] ?? 0, x)
        }
        return map(values, MapClass.saturations, .mapSaturation) { "x \(rounded($0, 2))" }
    }

    private func map(
        _ values: [LinkID: Double], _ classes: [MapClass], _ label: Word, _ text: @escaping (Double) -> String
    ) -> NetworkMap {
        let isSmall = network.junctions.count <= Self.greatestOpen
        return NetworkMap(
            geometry, network: network, values: values, classes: classes, label: writer[label], writer: writer,
            title: isSmall ? { "\($0): \(text($1))" } : nil)
    }
}
