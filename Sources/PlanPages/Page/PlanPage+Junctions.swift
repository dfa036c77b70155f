import Reports
import SignalModel

extension PlanPage {
    var junctionSections: [JunctionContent] {
        let movements = Dictionary(grouping: report.plan.movements.indices) { report.plan.movements[$0].junction }
        let laneGroups = Dictionary(grouping: report.laneGroups.indices) { report.laneGroups[$0].junction }
        let waits = Dictionary(grouping: report.waits.indices) { report.waits[$0].junction }
        let pictures = StagePicture(geometry, network: network)
        let isOpen = network.junctions.count <= Self.greatestOpen
        return network.junctions.indices.map { number in
            let junction = report.plan.junctions[number]
            let timing = report.timings[number]
            let isPictured = pictured.contains(number)
            var bars = [bar(timing, isPresent: false)]
            if hasPresent, isPictured { bars.append(bar(timing, isPresent: true)) }
            return JunctionContent(
                anchor: "j\(number + 1)",
                title: writer.sentence(.junctionTitle, Markup("\(number + 1)"), Markup(junction.junction.text)).html,
                isOpen: isOpen, text: text(of: junction, number),
                stages: isPictured ? stages(of: junction, number, pictures) : [],
                hasStages: isPictured && !junction.stages.isEmpty,
                bars: bars.filter { !$0.drawing.isEmpty }, rings: rings(of: timing, number),
                tables: [
                    movementTable(
                        movements[junction.junction] ?? [],
                        caption: "\(writer[.movementsTable]). \(writer[.movementsText])"),
                    laneGroupTable(laneGroups[junction.junction] ?? []), waitTable(waits[junction.junction] ?? []),
                ].filter { !$0.isEmpty })
        }
    }

    /// Cycle and offset in a sentence.
    private func text(of junction: JunctionReport, _ number: Int) -> String {
        guard let cycle = junction.cycle, let offset = junction.offset, let reference = junction.offsetReference else {
            return Markup.escaped(writer[.noTiming])
        }
        let path = "junctions.\(number)"
        let point =
            switch reference {
            case .cycleStart: Markup(writer[.atCycleStart])
            case .startOfGreen(let group): writer.sentence(.atStartOfGreen, Markup(group.text))
            case .endOfGreen(let group): writer.sentence(.atEndOfGreen, Markup(group.text))
            }
        var text = writer.sentence(
            .cycleOffset, Markup(cycle, at: "\(path).cycle"), Markup(offset, at: "\(path).offset"), point
        ).html
        if let before = junction.presentCycle {
            text += " " + writer.sentence(.cycleNow, Markup(before, at: "\(path).presentCycle")).html
        }
        for (word, groups) in [(Word.always, junction.alwaysGreen), (.never, junction.neverGreen)] where !groups.isEmpty
        {
            let names = groups.map(\.group.text).joined(separator: ", ")
            text += " \(Markup.escaped("\(writer[word]): \(names)."))"
        }
        if report.timings[number].hasRings, report.timings[number].rings.isEmpty {
            text += " " + Markup.escaped(writer[.ringsUnfit])
        }
        return text
    }

    private func stages(of junction: JunctionReport, _ number: Int, _ pictures: StagePicture) -> [JunctionContent.Stage]
    {
        junction.stages.enumerated().map { place, stage in
            let path = "junctions.\(number).stages.\(place)"
            let names = stage.groups.map(\.group.text).joined(separator: ", ")
            let label = writer[.stagePicture].replacing("{0}", with: "\(place + 1)").replacing("{1}", with: names)
            return JunctionContent.Stage(
                title: writer.sentence(.stageNumber, Markup("\(place + 1)")).html,
                drawing: pictures.drawing(
                    stage.groups + junction.alwaysGreen, junction: network.junctions[number], label: label),
                text: writer.sentence(.stageGreen, Markup(stage.green, at: "\(path).green")).html + ", "
                    + writer.sentence(.stageChange, Markup(stage.interstage, at: "\(path).interstage")).html,
                groups: Markup.escaped(names.shortened(to: 60)))
        }
    }

    private func bar(_ timing: TimingReport, isPresent: Bool) -> Content.Figure {
        let caption = writer[isPresent ? .signalTimesNow : .signalTimesNew]
        return Content.Figure(
            caption: Markup.escaped(caption),
            drawing: GreenBars.drawing(timing, isPresent: isPresent, label: "\(timing.junction): \(caption)"),
            tables: [])
    }

    private func rings(of timing: TimingReport, _ number: Int) -> [Content.Figure] {
        guard !timing.rings.isEmpty else { return [] }
        var table = DataTable(
            "",
            [
                .words(writer[.phase]), .words(writer[.ringColumn]),
                .figure(writer[.start], writer[.secondsUnit], "start", 0),
                .figure(writer[.split], writer[.secondsUnit], "split", 0),
                .figure(writer[.green], writer[.secondsUnit], "green", 0),
                .figure(writer[.yellow], writer[.secondsUnit], "yellow", 0),
                .figure(writer[.redClearance], writer[.secondsUnit], "redClearance", 0),
            ])
        for (ring, phases) in timing.rings.enumerated() {
            for (place, phase) in phases.enumerated() {
                table.add(
                    "timings.\(number).rings.\(ring).\(place)", "\(phase.number)",
                    ["\(ring + 1)"]
                        + [phase.start, phase.split, phase.green, phase.yellow, phase.redClearance].map { "\($0)" })
            }
        }
        return [
            Content.Figure(
                caption: Markup.escaped("\(writer[.rings]). \(writer[.ringsText])"),
                drawing: RingDrawing.drawing(timing, writer: writer), tables: [table])
        ]
    }
}
