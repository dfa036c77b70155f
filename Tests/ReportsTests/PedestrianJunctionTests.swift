import Foundation
import PerformanceModel
import SignalModel
import Testing

@testable import Reports

@Suite("A junction with people on foot alone")
struct PedestrianJunctionTests {
    private static let network = Network(
        name: "square", nodes: [Node(id: "square", position: .init(x: 0, y: 0), control: .signals)],
        junctions: [
            Junction(
                id: "square", nodes: ["square"],
                signalGroups: ["north", "south"].map { name in
                    SignalGroup(
                        id: SignalGroupID(name), kind: .pedestrian, yellow: 0,
                        crossing: Crossing(length: 6, crosses: [LinkID("\(name) tramway")]))
                })
        ])

    private static let plan = Plan(
        network: "square", name: "walk",
        junctions: [
            JunctionPlan(
                junction: "square", cycle: 60, offset: 5, offsetReference: .endOfGreen("south"),
                greens: [
                    GroupGreens(group: "north", intervals: [GreenInterval(start: 10, duration: 20)]),
                    GroupGreens(
                        group: "south",
                        intervals: [GreenInterval(start: 0, duration: 10), GreenInterval(start: 40, duration: 10)]),
                ])
        ])

    private var report: PlanReport {
        let flows = Flows(
            start: 0, intervalLength: 600, intervalCount: 2, sources: [], movements: [],
            crossings: ["north", "south"].map { name in
                CrossingFlow(junction: "square", group: SignalGroupID(name), flowPerHour: [100, 300])
            })
        var present = Self.plan
        present.junctions[0].greens[1].intervals = []
        return PlanReport(
            network: Self.network, flows: flows, plan: Self.plan, present: present)
    }

    @Test("has its crossings' delays, and no vehicles")
    func delays() throws {
        let report = report
        #expect(report.vehicles == 0 && report.delay == 0 && report.movements.isEmpty)
        #expect(report.crossings.map(\.flowPerHour) == [200, 200])
        // (C − g)²/(2C) with one red of 40 s; Σ r²/(2C) with reds of 30 s and 10 s.
        let delays = report.crossings.compactMap(\.delay)
        #expect(delays.count == 2)
        let expected: [Double] = [1600 / 120, 1000 / 120]
        for (delay, value) in zip(delays, expected) { #expect(abs(delay - value) < 1e-9) }
        #expect(report.crossings[0].presentDelay == report.crossings[0].delay)
        #expect(report.crossings[1].presentDelay == nil)
    }

    @Test("is printed, and written as JSON")
    func printed() throws {
        let lines = report.text.components(separatedBy: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        #expect(
            lines.contains(
                "Junction square: cycle 60 s (before: 60 s), offset 5 s to the end of the first green of south"))
        #expect(lines.contains("north 200 13.3 13.3"))
        #expect(lines.contains("south 200 - 8.3"))
        #expect(lines.contains("1 0 10 0 south 10 across south tramway"))
        #expect(lines.contains("2 10 20 10 north 20 across north tramway"))
        #expect(lines.contains("3 40 10 10 south 10 across south tramway"))
        #expect(throws: Never.self) { try JSONEncoder().encode(report) }
    }
}
