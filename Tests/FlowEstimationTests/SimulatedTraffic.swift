import Formats
import Foundation
import SignalModel
import TestSupport

/// One run of SUMO on a network under its own programs: what detectors counted, and where each vehicle went.
struct SimulatedTraffic {
    let network: Network
    let counts: Counts
    /// Vehicles that came to a link with a movement ahead of them, whether they got through or not.
    var wanted: [MovementID: Double] { wantedByInterval.mapValues { $0.reduce(0, +) } }
    /// The same by five minutes of when they came to the link.
    let wantedByInterval: [MovementID: [Double]]

    /// Runs the network for its hour, with the detectors of the standard layout.
    init(_ name: String, begin: Double, end: Double) throws {
        let source = try SharedData.url("data/sumo/\(name)").path
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = { (name: String) in folder.appendingPathComponent(name).path }
        let (roads, routes) = ("\(source)/\(name).net.xml", "\(source)/\(name).rou.xml")
        network = try SUMONetworkReader.read(network: roads, vehicleTypes: routes).network
        let loops = SUMODetectorWriter.additionalFile(for: network, period: 10, outputFile: file("counts.xml"))
        try loops.write(toFile: file("loops.add.xml"), atomically: true, encoding: .utf8)
        let run = try SUMOProgram.run([
            "-n", roads, "-r", routes, "-a", file("loops.add.xml"), "-b", "\(begin)", "-e", "\(end)", "--seed", "0",
            "--step-length", "1", "--time-to-teleport", "-1", "--no-step-log", "--no-warnings", "--vehroute-output",
            file("driven.xml"), "--vehroute-output.exit-times", "--vehroute-output.write-unfinished",
            "--vehroute-output.last-route",
        ])
        guard run.status == 0 else { throw Failed(output: run.output) }
        counts = try SUMODetectorOutputReader.read(file("counts.xml"))
        wantedByInterval = Self.movements(
            in: try String(contentsOfFile: file("driven.xml"), encoding: .utf8), of: network, begin: begin, end: end)
    }

    /// SUMO did not run to its end.
    struct Failed: Error {
        let output: String
    }

    private static func movements(
        in text: String, of network: Network, begin: Double, end: Double
    ) -> [MovementID: [Double]] {
        var names: [[String]: MovementID] = [:]
        for movement in network.movements { names[[movement.from.text, movement.to.text]] = movement.id }
        var result: [MovementID: [Double]] = [:]
        let none = Array(repeating: 0.0, count: Int((end - begin) / 300))
        var depart = begin
        for line in text.split(separator: "\n") {
            // A vehicle's own line comes before that of its route.
            if let time = values(of: "depart", in: line)?.first.flatMap(Double.init) { depart = time }
            guard let edges = values(of: "edges", in: line), let exits = values(of: "exitTimes", in: line) else {
                continue
            }
            for position in edges.indices.dropLast() {
                // A link is reached when the one before it is left; links not left have an exit time of −1.
                guard position == 0 || (Double(exits[position - 1]) ?? -1) >= 0 else { break }
                let reached = position == 0 ? depart : Double(exits[position - 1]) ?? begin
                let interval = min(none.count - 1, max(0, Int((reached - begin) / 300)))
                if let movement = names[[edges[position], edges[position + 1]]] {
                    result[movement, default: none][interval] += 1
                }
            }
        }
        return result
    }

    private static func values(of attribute: String, in line: Substring) -> [String]? {
        guard let start = line.range(of: "\(attribute)=\""), let end = line[start.upperBound...].firstIndex(of: "\"")
        else { return nil }
        return line[start.upperBound..<end].split(separator: " ").map(String.init)
    }
}
