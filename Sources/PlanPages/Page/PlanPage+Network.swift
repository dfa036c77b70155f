import Reports
import SignalModel

extension PlanPage {
    /// The bound and the gap of every subarea that was optimised; none where nothing is known.
    var coordination: [DataTable] {
        var table = DataTable(
            "",
            [
                .words(writer[.subarea]), .figure(writer[.junctionsColumn], "", "junctionCount", 0),
                .words(writer[.cycle]), .figure(writer[.cycle], writer[.secondsUnit], "cycle", 0),
                .figure(writer[.offsetDelay], writer[.hoursPerHour], "offsetDelay", 2),
                .figure(writer[.offsetBound], writer[.hoursPerHour], "offsetBound", 2),
                .figure(writer[.offsetGap], writer[.share], "offsetGap", 1, factor: 100),
            ])
        for (number, area) in report.plan.subareas.enumerated() {
            table.add(
                "subareas.\(number)", "\(number + 1)",
                [
                    "\(area.junctionCount)", writer[area.isCoordinated ? .coordinated : .ownCycles],
                    area.cycle.map { "\($0)" } ?? "-", rounded(area.offsetDelay, 2), rounded(area.offsetBound, 2),
                    rounded(area.offsetGap.map { $0 * 100 }, 1),
                ])
        }
        return table.isEmpty ? [] : [table]
    }

    var sensitivity: [Content.Figure] {
        var table = DataTable(
            writer[.sensitivity],
            [.figure(writer[.demandFactor], "", "scale", 1)] + pair(.delay, .delayUnit, "delay", 1))
        for (number, point) in report.sensitivity.enumerated() {
            table.add("sensitivity.\(number)", rounded(point.scale, 1), pair(point.presentDelay, point.delay, 1))
        }
        guard !table.isEmpty else { return [] }
        let drawing = SensitivityDrawing.drawing(report.sensitivity, label: writer[.sensitivity], writer: writer)
        return [Content.Figure(caption: "", drawing: drawing, tables: [table])]
    }

    var arterials: [Content.Figure] {
        report.arterials.enumerated().map { number, street in
            let path = "arterials.\(number)"
            let last = street.stops.count - 1
            let caption = writer.sentence(
                .arterial, Markup("\(street.stops.count)"),
                Markup(street.stops.last?.distance, at: "\(path).stops.\(last).distance"))
            var table = DataTable(
                "",
                [.words(writer[.direction]), .figure(writer[.throughFlow], writer[.vehPerHour], "flowPerHour", 0)]
                    + (hasPresent
                        ? [.figure(writer[.bandNow], writer[.secondsUnit], "presentBandWidth", 1)] : [])
                    + [.figure(writer[.bandNew], writer[.secondsUnit], "bandWidth", 1)])
            for (name, key, way) in [
                (Word.outbound, "outbound", Optional(street.outbound)), (.inbound, "inbound", street.inbound),
            ] {
                guard let way else { continue }
                table.add(
                    "\(path).\(key)", writer[name],
                    [rounded(way.flowPerHour)] + pair(way.presentBandWidth, way.bandWidth, 1))
            }
            let none = street.cycle == nil ? " " + Markup.escaped(writer[.noCommonCycle]) : ""
            return Content.Figure(
                caption: caption.html + none,
                drawing: TimeSpaceDrawing.drawing(street, label: "\(writer[.timeSpace]) \(number + 1)"), tables: [table]
            )
        }
    }

    /// That there may be more streets than are shown, where that is so.
    var moreArterials: [String] {
        guard report.arterials.count >= FullReportSettings().greatestArterialCount ?? .max else { return [] }
        return [writer.sentence(.moreArterials, Markup("\(report.arterials.count)")).html]
    }

    var profiles: [Content.Figure] {
        report.profiles.enumerated().map { number, profile in
            let name =
                "\(profile.junction), \(writer[geometry.origin(of: profile.link)]): "
                + profile.lanes.map(\.text).joined(separator: ", ")
            let caption = writer.sentence(
                .profileCaption, Markup(name.shortened(to: 110)),
                Markup(
                    profile.delayVehicleHoursPerHour, at: "profiles.\(number).delayVehicleHoursPerHour", decimals: 1))
            return Content.Figure(
                caption: caption.html, drawing: ProfileDrawing.drawing(profile, label: name, writer: writer), tables: []
            )
        }
    }

    /// Which detectors were left out, and what none of them saw, in sentences and tables.
    var detectorHealth: (text: String, tables: [DataTable]) {
        guard let health = report.detectors else { return (Markup.escaped(writer[.detectorsNone]), []) }
        let all = Markup(Double(health.detectorCount), at: "detectors.detectorCount")
        var text = writer.sentence(.detectorsFine, all).html
        var tables: [DataTable] = []
        if !health.leftOut.isEmpty {
            text = writer.sentence(.detectorsText, Markup("\(health.leftOut.count)"), all).html
            tables.append(leftOutDetectors(health))
        }
        if !health.unseen.isEmpty {
            text += " " + writer.sentence(.unseenText, Markup("\(health.unseen.count)")).html
            tables.append(unseenTraffic(health))
        }
        return (text, tables)
    }

    private func leftOutDetectors(_ health: DetectorHealthReport) -> DataTable {
        var table = DataTable(
            "",
            [
                .words(writer[.detector]), .words(writer[.fault]),
                .figure(writer[.counted], writer[.vehicles], "counted", 0),
                .figure(writer[.expected], writer[.vehicles], "expected", 0),
            ])
        for (number, detector) in health.leftOut.enumerated() {
            table.add(
                "detectors.leftOut.\(number)", detector.detector.text,
                [writer[detector.fault.word], rounded(detector.counted), rounded(detector.expected)])
        }
        return table
    }

    private func unseenTraffic(_ health: DetectorHealthReport) -> DataTable {
        var table = DataTable(
            writer[.unseen],
            [
                .words(writer[.lane]), .figure(writer[.start], writer[.secondsUnit], "start", 0),
                .figure(writer[.notCounted], writer[.vehicles], "vehicles", 0),
            ])
        for (number, demand) in health.unseen.enumerated() {
            table.add(
                "detectors.unseen.\(number)", demand.lane.text, [rounded(demand.start), rounded(demand.vehicles)])
        }
        return table
    }

    /// Movements at nodes without signals, where queues are followed.
    var unsignalled: [DataTable] {
        let table = movementTable(
            report.plan.movements.indices.filter { report.plan.movements[$0].junction == nil }, caption: "")
        return table.isEmpty ? [] : [table]
    }
}

extension DetectorHealthReport.Fault {
    fileprivate var word: Word {
        switch self {
        case .dead: .dead
        case .stuck: .stuck
        case .doubled: .doubled
        case .missing: .missing
        }
    }
}
