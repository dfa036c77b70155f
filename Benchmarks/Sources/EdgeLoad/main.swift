import ControllerLink
import EdgeControl
import EdgeService
import Formats
import Foundation
import Logging
import SignalModel
import Synchronization

// Many controllers in one process, each with a connection of its own, on the clock of the system: `Tools/bench load` runs
// it against a centre. The last line on standard output is one JSON object.

/// Lamps that nobody sees.
struct NoLamps: LampDriver {
    func show(_ aspects: [LampAspect], at time: Double) {}
}

/// What all controllers together have seen.
final class Tally: Sendable {
    struct Content {
        /// Times from when a second's readings are due to their acknowledgement, s.
        var delays: [Double] = []
        var readings = 0
        var leased = 0
        var seconds = 0
    }

    private let content = Mutex(Content())
    func add(_ change: (inout Content) -> Void) { content.withLock { change(&$0) } }
    var all: Content { content.withLock { $0 } }
}

/// One controller: a second's readings, the second, and the wait for the acknowledgement of both.
///
/// The wait is counted from when the second was due: a late one has waited too.
func serve(_ edge: EdgeRunner, detectors: [Detector], start: Int, seconds: Int, phase: Double, tally: Tally) async {
    let wanted: RunningContent = detectors.contains { $0.purpose == .control } ? .groups : .plan
    let clock = ContinuousClock()
    var random = SeededGenerator(seed: UInt64(phase * 1e9))
    let begin = clock.now + .seconds(Double(start) - Date().timeIntervalSince1970 + phase)
    for second in 0..<seconds {
        let due = begin + .seconds(second)
        try? await clock.sleep(until: due, tolerance: .milliseconds(1))
        let time = start + second
        await edge.measured(
            detectors.map { detector in
                let isPresent = Double.random(in: 0..<1, using: &random) < 0.3
                return DetectorReading(
                    detector: detector.id, start: Double(time - 1), length: 1, count: time % 3 == 0 ? 1 : 0,
                    occupancy: isPresent ? 1 : 0.1, isPresent: detector.purpose.isCounting ? nil : isPresent)
            })
        let status = await edge.step(at: EdgeTime(uptime: second, network: time))
        await edge.waitForCentre()
        let delay = (clock.now - due) / .seconds(1)
        tally.add {
            $0.delays.append(delay)
            $0.readings += detectors.count(where: \.purpose.isCounting)
            $0.seconds += 1
            if status.running == wanted { $0.leased += 1 }
        }
    }
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let port = Int(arguments[2]), let seconds = Int(arguments[3])
else {
    FileHandle.standardError.write(Data("usage: EdgeLoad NETWORK PORT SECONDS\n".utf8))
    exit(64)
}
let network = try JSONDocument.read(Network.self, from: arguments[1])
let junctions = network.junctionOfDetector
let wired = Dictionary(grouping: network.detectors) { junctions[$0.id] }
let detectors = network.junctions.map { wired[$0.id] ?? [] }
var log = Logger(label: "load")
log.logLevel = .error
let start = Int(Date().timeIntervalSince1970) + 10
let tally = Tally()
let edges = try network.junctions.map { junction in
    guard let program = junction.programs.first else { throw EdgeSettingsError.noFallback(junction.id) }
    var settings = EdgeSettings(junction: junction, fallback: [.init(plan: program.plan)])
    settings.start = .emptyStreet
    return try EdgeRunner(settings, driver: NoLamps(), network: start, log: log)
}
await withTaskGroup { group in
    let calls = edges.map { edge in Task { await edge.keepConnected(host: "127.0.0.1", port: port) } }
    for (number, edge) in edges.enumerated() {
        // Controllers are not in step with each other within the second.
        let phase = Double(number) / Double(edges.count)
        let own = detectors[number]
        group.addTask {
            await edge.waitForConnection()
            await serve(edge, detectors: own, start: start, seconds: seconds, phase: phase, tally: tally)
        }
    }
    await group.waitForAll()
    for call in calls { call.cancel() }
}
let all = tally.all
let sorted = all.delays.sorted()
func quantile(_ share: Double) -> Double { sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))] }
let figures: [String: Double] = [
    "edges": Double(edges.count), "seconds": Double(all.seconds), "readings": Double(all.readings),
    "median_s": quantile(0.5), "p99_s": quantile(0.99), "p999_s": quantile(0.999), "greatest_s": sorted.last ?? 0,
    "share_leased": Double(all.leased) / Double(max(1, all.seconds)),
]
let encoder = JSONEncoder()
encoder.outputFormatting = .sortedKeys
print(String(decoding: try encoder.encode(figures), as: UTF8.self))
