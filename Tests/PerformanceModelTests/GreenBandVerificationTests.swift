import Foundation
import PerformanceModel
import TestSupport
import Testing

@Suite("Green bands")
struct GreenBandVerificationTests {
    private struct Case: Decodable {
        struct Inputs: Decodable {
            var bandwidth_s: Double
            var C: Double
            var headway_s: Double
        }
        struct Expected: Decodable {
            var efficiency_pct: Double
            var veh_per_cycle: Double
            var veh_h_lane: Double
        }
        var inputs: Inputs
        var expected: Expected
    }

    @Test(
        "Efficiency and capacity are the published ones", .enabled(if: SharedData.isExpected, SharedData.absence))
    func published() throws {
        let url = try SharedData.url("cases/bandwidth_nptel.json")
        let published = try JSONDecoder().decode(Case.self, from: Data(contentsOf: url))
        let band = GreenBand(width: published.inputs.bandwidth_s, cycleTime: published.inputs.C)
        let headway = published.inputs.headway_s
        let percent = band.efficiency * 100
        let capacity = band.capacityPerHour(headway: headway)
        #expect(abs(percent - published.expected.efficiency_pct) < 0.005)
        #expect(band.vehiclesPerCycle(headway: headway) == published.expected.veh_per_cycle)
        #expect(abs(capacity - published.expected.veh_h_lane) < 1e-9)
    }

    @Test("A band as wide as the cycle carries the saturation flow, one without width nothing")
    func limits() {
        let full = GreenBand(width: 90, cycleTime: 90)
        let none = GreenBand(width: 0, cycleTime: 90)
        #expect(full.efficiency == 1)
        #expect(abs(full.capacityPerHour(headway: 1.8) - 2000) < 1e-9)
        #expect(none.efficiency == 0)
        #expect(none.capacityPerHour(headway: 1.8) == 0)
    }

    @Test("A band wider than its cycle stops the program")
    func tooWide() async {
        await #expect(processExitsWith: .failure) { _ = GreenBand(width: 91, cycleTime: 90) }
    }
}
