import Foundation
import PerformanceModel
import SignalModel
import Testing

@testable import Reports

@Suite("Reports on plans")
struct PlanReportTests {
    @Test("the delays of the movements add up to that of the network", arguments: ["hangzhou", "district"])
    func delaysAddUp(name: String) throws {
        let report = try Sample.named(name).report
        let after = report.movements.reduce(0) { $0 + $1.delay * $1.vehicles }
        let before = report.movements.reduce(0) { $0 + ($1.presentDelay ?? 0) * ($1.presentVehicles ?? 0) }
        #expect(abs(after - report.delay * report.vehicles) < 1e-6 * after)
        #expect(abs(before - (report.presentDelay ?? 0) * report.vehicles) < 1e-6 * before)
        #expect(abs(report.delayVehicleHours * 3600 - after) < 1e-6 * after)
        let parts = report.junctions.map(\.traffic) + report.unsignalled.map(\.traffic)
        let ofParts = parts.reduce(0) { $0 + $1.delay * $1.vehicles }
        #expect(abs(ofParts - after) < 1e-6 * after)
    }

    @Test("approaches add up to their junction", arguments: ["hangzhou", "district"])
    func approachesAddUp(name: String) throws {
        for junction in try Sample.named(name).report.junctions {
            let parts = junction.approaches.map(\.traffic)
            let flow = parts.reduce(0) { $0 + $1.flowPerHour }
            let delay = parts.reduce(0) { $0 + $1.delay * $1.vehicles } / parts.reduce(0) { $0 + $1.vehicles }
            #expect(abs(flow - junction.traffic.flowPerHour) < 1e-6)
            #expect(abs(delay - junction.traffic.delay) < 1e-6)
        }
    }

    @Test("stages and interstages add up to the cycle", arguments: ["hangzhou", "district"])
    func stagesAddUp(name: String) throws {
        for junction in try Sample.named(name).report.junctions {
            let sum = junction.stages.reduce(0) { $0 + $1.green + $1.interstage }
            #expect(abs(sum - (junction.cycle ?? 0)) < 1e-6)
        }
    }

    @Test("levels of service are those of the HCM's thresholds", arguments: ["hangzhou", "district"])
    func levels(name: String) throws {
        // HCM 2010 exhibit 18-4: greatest control delay of each level, s per vehicle.
        let limits: [(String, Double)] = [("A", 10), ("B", 20), ("C", 35), ("D", 55), ("E", 80), ("F", .infinity)]
        func level(_ delay: Double, _ saturation: Double) -> String? {
            saturation > 1 ? "F" : limits.first { delay <= $0.1 }?.0
        }
        let report = try Sample.named(name).report
        var seen = Set<String>()
        for row in report.movements where row.junction != nil {
            let saturation = row.capacityPerHour > 0 ? row.flowPerHour / row.capacityPerHour : .infinity
            #expect(row.levelOfService?.rawValue == level(row.delay, saturation))
            #expect((row.degreeOfSaturation ?? .infinity) == saturation)
            if let before = row.presentDelay, let saturation = row.presentDegreeOfSaturation {
                #expect(row.presentLevelOfService?.rawValue == level(before, saturation))
            }
            if let level = row.levelOfService { seen.insert(level.rawValue) }
        }
        #expect(seen.count >= 4, "\(seen.sorted())")
        for sum in report.junctions.flatMap({ [$0.traffic] + $0.approaches.map(\.traffic) }) {
            #expect(sum.levelOfService?.rawValue == level(sum.delay, 0))
        }
        for row in report.unsignalled { #expect(row.traffic.levelOfService == nil) }
    }

    @Test("a present plan that is the plan has the same figures")
    func samePlan() throws {
        let model = try Sample.named("district").model
        let present = try #require(model.network.presentPlan)
        let report = PlanReport(network: model.network, flows: model.flows, plan: present, present: present)
        #expect(report.presentDelay == report.delay)
        for row in report.movements {
            #expect(row.presentDelay == row.delay)
            #expect(row.presentLongestQueue == row.longestQueue)
            #expect(row.presentLevelOfService == row.levelOfService)
        }
    }

    @Test("without a present plan there is no column before")
    func noPresentPlan() throws {
        let model = try Sample.named("district").model
        let report = PlanReport(
            network: model.network, flows: model.flows, plan: try #require(model.network.presentPlan), present: nil)
        #expect(!report.text.contains("before"))
        #expect(report.text.contains("s/veh"))
        #expect(report.presentDelay == nil)
        #expect(report.movements.allSatisfy { $0.presentDelay == nil && $0.presentLevelOfService == nil })
    }

    @Test("a junction that the plan leaves out is named, and all is red there")
    func leftOut() throws {
        let model = try Sample.named("district").model
        var plan = try #require(model.network.presentPlan)
        plan.junctions.removeAll { $0.junction == "J5" }
        let report = PlanReport(network: model.network, flows: model.flows, plan: plan, present: nil)
        #expect(report.text.contains("Junction J5: the plan has no timing for it"))
        let row = try #require(report.movements.first { $0.junction == "J5" })
        #expect(row.degreeOfSaturation == nil)
        #expect(row.levelOfService == .f)
        #expect(throws: Never.self) { try JSONEncoder().encode(report) }
    }

    @Test("notices say what changed, where, and for which movements")
    func notices() throws {
        let model = try Sample.named("district").model
        var plan = try #require(model.network.presentPlan)
        plan.notices = [
            PlanNotice(kind: .stageDropped, junction: "J1", groups: ["E:left", "W:left"]),
            PlanNotice(kind: .stageDerived, junction: "J1", groups: ["E:through", "E:left", "N:walk"]),
            PlanNotice(kind: .protectedTurnDropped, junction: "J1", groups: ["E:left"]),
        ]
        let report = PlanReport(network: model.network, flows: model.flows, plan: plan, present: nil)
        let sentences = [
            "J1: the present stage with E:left, W:left (movements J2>J1>J9, west>J1>J5) is dropped.",
            "J1: the stage with E:through, E:left, N:walk (movements J2>J1>J5, J2>J1>west, J2>J1>J9) is new, "
                + "derived from the conflict matrix.",
            "J1: the protected green of E:left (movements J2>J1>J9) is dropped; it now only gives way.",
        ]
        #expect(report.notices.map(\.text) == sentences)
        let text = report.text.replacingOccurrences(of: "\n    ", with: " ")
        for sentence in sentences { #expect(text.contains("  - " + sentence)) }
    }
}
