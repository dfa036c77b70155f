import Foundation

/// What SUMO wrote of its vehicles.
struct MaxPressureTrips: Equatable {
    /// Depart, departure delay, arrival and time loss of each vehicle in the order of the file, s.
    var rows: [[Double]] = []

    init(path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for line in text.split(separator: "\n") where line.contains("<tripinfo ") {
            rows.append(["depart", "departDelay", "arrival", "timeLoss"].map { Self.number($0, in: line) })
        }
    }

    /// Time loss and departure delay of all scheduled vehicles, those never inserted included, s per vehicle.
    var meanTotalDelay: Double {
        rows.reduce(0) { $0 + $1[1] + ($1[0] < 0 ? 0 : $1[3]) } / Double(rows.count)
    }

    private static func number(_ name: String, in line: Substring) -> Double {
        guard let start = line.range(of: " \(name)=\"")?.upperBound, let end = line[start...].firstIndex(of: "\"")
        else { return .nan }
        return Double(line[start..<end]) ?? .nan
    }
}
