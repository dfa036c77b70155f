import PerformanceModel
import TestSupport
import Testing

@Suite(
    "HCM bicycles against example problem 3 of chapter 18",
    .enabled(if: SharedData.isExpected, SharedData.absence))
struct HCMBicycleVerificationTests {
    @Test("capacity, delay, score and level")
    func bicycles() throws {
        let published = try PublishedCase("hcm_ep3_bicycle")
        let foot = 0.3048
        let lane = try HCM.BicycleLane(
            flowPerHour: published.number("inputs.v_bic"), saturationFlowPerHour: published.number("inputs.s"),
            effectiveGreen: published.number("inputs.g"), cycle: published.number("inputs.C"))
        let score = try HCM.BicycleScore(
            crossingWidth: published.number("inputs.W_cd") * foot, outsideWidth: published.number("inputs.W_t") * foot,
            vehiclesPerHour: published.numbers("inputs.vol").reduce(0, +),
            throughLanes: Int(published.number("inputs.N_th")))
        let level = try published.text("expected.LOS")
        let figures: [(value: Double, name: String, decimals: Int)] = [
            (lane.capacityPerHour, "c", 0), (lane.delay, "d", 1), (score.crossSection, "F_w", 2),
            (score.vehicles, "F_v", 2), (score.value, "score", 2),
        ]
        for figure in figures {
            let printed = try published.number("expected.\(figure.name)")
            #expect(
                rounds(figure.value, to: printed, decimals: figure.decimals),
                "\(figure.name): \(figure.value) against \(printed)")
        }
        #expect(score.levelOfService.rawValue == level)
    }
}
