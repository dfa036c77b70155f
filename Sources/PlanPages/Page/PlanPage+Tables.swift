import PerformanceModel
import Reports
import SignalModel

extension PlanPage {
    /// Movements before and after.
    ///
    /// - Parameter rows: Places in the report's list of movements.
    func movementTable(_ rows: [Int], caption: String) -> DataTable {
        var table = DataTable(
            caption,
            [
                .words(writer[.movement]), .words(""),
                .figure(writer[.flow], writer[.vehPerHour], "flowPerHour", 0),
                .figure(writer[.capacity], writer[.vehPerHour], "capacityPerHour", 0),
            ] + pair(.saturation, .saturation, "degreeOfSaturation", 2).map(withoutUnit)
                + pair(.delay, .perVehicle, "delay", 1) + pair(.stops, .stopsPerVehicle, "stops", 2)
                + pair(.queue, .vehicles, "longestQueue", 1)
                + pair(.los, .los, "levelOfService", -1).map(withoutUnit))
        for number in rows {
            let row = report.plan.movements[number]
            table.add(
                "movements.\(number)", name(approach: row.approach, turn: row.turn),
                ["\(row.approach) → \(row.to)", rounded(row.flowPerHour), rounded(row.capacityPerHour)]
                    + pair(row.presentDegreeOfSaturation, row.degreeOfSaturation, 2)
                    + pair(row.presentDelay, row.delay, 1) + pair(row.presentStops, row.stops, 2)
                    + pair(row.presentLongestQueue, row.longestQueue, 1)
                    + pair(row.presentLevelOfService?.rawValue, row.levelOfService?.rawValue))
        }
        return table
    }

    /// Lane groups before and after.
    func laneGroupTable(_ rows: [Int]) -> DataTable {
        var table = DataTable(
            "\(writer[.laneGroupsTable]). \(writer[.laneGroupsText])",
            [.words(writer[.laneGroup]), .words(""), .figure(writer[.flow], writer[.vehPerHour], "flowPerHour", 0)]
                + pair(.capacity, .vehPerHour, "capacityPerHour", 0)
                + pair(.saturation, .saturation, "degreeOfSaturation", 2).map(withoutUnit)
                + pair(.delay, .perVehicle, "delay", 1) + pair(.stops, .stopsPerVehicle, "stops", 2)
                + pair(.queue, .vehicles, "longestQueue", 1)
                + pair(.los, .los, "levelOfService", -1).map(withoutUnit))
        for number in rows {
            let row = report.laneGroups[number]
            table.add(
                "laneGroups.\(number)", writer[geometry.origin(of: row.link)],
                [row.lanes.map(\.text).joined(separator: ", "), rounded(row.flowPerHour)]
                    + pair(row.presentCapacityPerHour, row.capacityPerHour, 0)
                    + pair(row.presentDegreeOfSaturation, row.degreeOfSaturation, 2)
                    + pair(row.presentDelay, row.delay, 1) + pair(row.presentStops, row.stops, 2)
                    + pair(row.presentLongestQueue, row.longestQueue, 1)
                    + pair(row.presentLevelOfService?.rawValue, row.levelOfService.rawValue))
        }
        return table
    }

    /// Waits of people at the crossings.
    func waitTable(_ rows: [Int]) -> DataTable {
        var table = DataTable(
            writer[.waitsTable],
            [
                .words(writer[.crossing]), .words(""),
                .figure(writer[.people], writer[.perPersonHour], "flowPerHour", 0),
            ] + pair(.delay, .perPerson, "delay", 1))
        for number in rows {
            let row = report.waits[number]
            let links = row.crosses.map(\.text).joined(separator: ", ")
            let across = links.isEmpty ? "" : writer[.crossesWord].replacing("{0}", with: links)
            table.add(
                "waits.\(number)", row.group.text,
                ["\(writer[row.kind == .cycle ? .cycles : .pedestrians]) \(across)", rounded(row.flowPerHour)]
                    + pair(row.presentDelay, row.delay, 1))
        }
        return table
    }

    private func withoutUnit(_ column: DataTable.Column) -> DataTable.Column {
        var column = column
        column.unit = ""
        return column
    }
}
