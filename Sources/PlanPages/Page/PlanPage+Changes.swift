import Reports
import SignalModel

extension PlanPage {
    /// Numbers of the junctions where vehicle-hours change most, three at most.
    var topChanges: [Int] {
        Array(
            report.changes.indices.sorted { first, second in
                let (one, two) = (report.changes[first], report.changes[second])
                return (abs(two.vehicleHoursChange), first) < (abs(one.vehicleHoursChange), second)
            }.prefix(3))
    }

    /// One line for each junction: what changes, who gains and who pays.
    var changeLines: [String] {
        report.changes.enumerated().map { number, change in
            let path = "changes.\(number)"
            var parts: [String] = []
            if let cycle = change.cycle {
                let after = Markup(cycle, at: "\(path).cycle")
                parts.append(
                    change.presentCycle.map {
                        writer.sentence(.changeCycle, Markup($0, at: "\(path).presentCycle"), after).html
                    } ?? writer.sentence(.changeCycleNew, after).html)
            } else {
                parts.append(Markup.escaped(writer[.noTiming]))
            }
            if !change.greens.isEmpty, !change.presentGreens.isEmpty {
                parts.append(
                    writer.sentence(
                        .changeGreens, list(change.presentGreens, "\(path).presentGreens"),
                        list(change.greens, "\(path).greens")
                    ).html)
            }
            parts.append(
                writer.sentence(
                    .changeAll,
                    Markup(change.vehicleHoursChange, at: "\(path).vehicleHoursChange", decimals: 1, isSigned: true)
                ).html)
            let name =
                "<a href=\"#j\(number + 1)\">\(number + 1)</a> "
                + "<strong>\(Markup.escaped(change.junction.text))</strong>"
            return "\(name): \(parts.joined(separator: writer[.semicolon]))\(writer[.fullStop])"
                + sides(change.gains, .changeGains, .changeNobodyGains, "\(path).gains")
                + sides(change.pays, .changePays, .changeNobodyPays, "\(path).pays")
        }
    }

    private func list(_ values: [Double], _ path: String) -> Markup {
        Markup(
            sound: values.enumerated().map { Markup($1, at: "\(path).\($0)").html }.joined(separator: "/"))
    }

    private func sides(_ sides: [ChangeReport.Side], _ title: Word, _ none: Word, _ path: String) -> String {
        guard !sides.isEmpty else {
            return "<span class=\"quiet\">\(Markup.escaped(writer[none]))</span>\(writer[.fullStop])"
        }
        let texts = sides.enumerated().map { number, side in
            writer.sentence(
                .changeSide, Markup(name(approach: side.approach, turn: side.turn)),
                Markup(side.delayChange, at: "\(path).\(number).delayChange", decimals: 1, isSigned: true),
                Markup(side.vehicleHoursChange, at: "\(path).\(number).vehicleHoursChange", decimals: 1, isSigned: true)
            ).html
        }
        return "<em>\(Markup.escaped(writer[title]))</em> "
            + texts.joined(separator: writer[.semicolon]) + writer[.fullStop]
    }

    /// The notices of the plan as sentences.
    var notices: [String] {
        report.plan.notices.map { notice in
            let word: Word =
                switch notice.kind {
                case .stageDropped: .stageDropped
                case .stageDerived: .stageDerived
                case .protectedTurnDropped: .protectedTurnDropped
                }
            let groups = notice.groups.map(\.text).joined(separator: ", ")
            let served = notice.movements.map(\.text).joined(separator: ", ")
            return writer.sentence(
                word, Markup(notice.junction.text), Markup(served.isEmpty ? groups : "\(groups) (\(served))")
            ).html
        }
    }
}
