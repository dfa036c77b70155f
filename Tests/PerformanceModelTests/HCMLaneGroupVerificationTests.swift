import PerformanceModel
import TestSupport
import Testing

@Suite(
    "HCM lane groups against example problem 1 of chapter 18",
    .enabled(if: SharedData.isExpected, SharedData.absence))
struct HCMLaneGroupVerificationTests {
    let published: PublishedCase

    init() throws { published = try PublishedCase("hcm2010_ch18_ep1") }

    @Test("capacity, degree of saturation and uniform delay of the through groups follow from the greens")
    func throughGroups() throws {
        let cycle = try published.number("expected.cycle_s")
        var checked = 0
        for group in try published.items("expected.lane_groups") where try group.text("lane_group") != "L" {
            // Groups of two approaches end together; each green is the duration of its phase less yellow.
            let phase = try ["EB": "2", "WB": "6", "NB": "8", "SB": "4"][group.text("approach")]
            let duration = try published.number("expected.phase_duration_s.\(#require(phase))")
            let green = try duration - published.number("inputs.yellow_s")
            let capacity = try HCM.capacityPerHour(
                saturationFlowPerHour: group.number("s"), effectiveGreen: green, cycle: cycle)
            let saturation = try HCM.degreeOfSaturation(flowPerHour: group.number("v"), capacityPerHour: capacity)
            let delay = HCM.uniformDelay(cycle: cycle, effectiveGreen: green, degreeOfSaturation: saturation)
            let name = try group.text("approach") + group.text("lane_group")
            let capacityError = try capacity - group.number("c")
            let saturationError = try saturation - group.number("X")
            let delayError = try delay - group.number("d1")
            // Durations are printed to 0.01 s, worth 0.1 veh/h here.
            #expect(abs(capacityError) < 0.15, "\(name)")
            #expect(abs(saturationError) < 0.001, "\(name)")
            #expect(abs(delayError) < 0.01, "\(name)")
            checked += 1
        }
        #expect(checked == 8)
    }

    @Test("incremental delay, control delay, residual queue and level of service of all groups")
    func incrementalDelays() throws {
        let groups = try published.items("expected.lane_groups")
        #expect(groups.count == 12)
        for group in groups {
            let performance = try performance(of: group)
            let name = try group.text("approach") + group.text("lane_group")
            let level = try group.text("LOS")
            let saturationError = try performance.degreeOfSaturation - group.number("X")
            let incrementalError = try performance.incrementalDelay - group.number("d2")
            let delayError = try performance.controlDelay - group.number("d")
            let queue = try group.number("residual_queue_veh")
            #expect(abs(saturationError) < 0.001, "\(name)")
            #expect(abs(incrementalError) < 0.02, "\(name): \(incrementalError) s")
            #expect(abs(delayError) < 0.02, "\(name): \(delayError) s")
            #expect(performance.levelOfService.rawValue == level, "\(name)")
            // 0.05 for the printed queue, 0.025 for flow and capacity printed to 0.1 veh/h.
            #expect(abs(performance.residualQueue - queue) <= 0.075, "\(name)")
        }
    }

    @Test("approaches and the intersection take the flow-weighted mean")
    func aggregation() throws {
        let groups = try published.items("expected.lane_groups")
        var approaches: [HCM.FlowWeightedDelay] = []
        var computed: [HCM.FlowWeightedDelay] = []
        for name in try published.names("expected.approach_delay") {
            let own = try groups.filter { try $0.text("approach") == name }
            let printed = try HCM.FlowWeightedDelay(
                of: own.map { try .init(flowPerHour: $0.number("v"), delay: $0.number("d")) })
            let expected = try published.number("expected.approach_delay.\(name)")
            let level = try published.text("expected.approach_LOS.\(name)")
            #expect(abs(printed.delay - expected) < 0.005, "\(name): \(printed.delay)")
            #expect(printed.levelOfService.rawValue == level, "\(name)")
            approaches.append(printed)
            computed.append(.init(of: try own.map { try performance(of: $0).share }))
        }
        let intersection = HCM.FlowWeightedDelay(of: approaches)
        let fromParts = HCM.FlowWeightedDelay(of: computed)
        let expected = try published.number("expected.intersection_delay")
        let level = try published.text("expected.intersection_LOS")
        let entering = try published.number("expected.entering_veh_h")
        #expect(abs(intersection.delay - expected) < 0.005, "\(intersection.delay)")
        // Delays from flows and capacities printed to 0.1 veh/h; NB at X > 1 feels it most.
        #expect(abs(fromParts.delay - expected) < 0.01, "\(fromParts.delay)")
        #expect(intersection.levelOfService.rawValue == level)
        #expect(abs(intersection.flowPerHour - entering) < 0.5)
    }

    @Test("what oversaturation leaves is served after the period")
    func clearTime() throws {
        let groups = try published.items("expected.lane_groups")
        let group = try #require(
            try groups.first { try $0.text("approach") == "NB" && $0.text("lane_group") == "T" })
        let queue = try HCM.InitialQueue(
            flowPerHour: group.number("v"), capacityPerHour: group.number("c"),
            analysisPeriod: published.number("inputs.analysis_period_h") * 3600)
        let expected = try published.number("expected.initial_queue_clear_time_h_NB_T")
        #expect(rounds(queue.clearTime / 3600, to: expected, decimals: 3))
        #expect(queue.delay == 0)
    }

    private func performance(of group: PublishedCase) throws -> HCM.LaneGroupPerformance {
        try HCM.LaneGroupPerformance(
            flowPerHour: group.number("v"), capacityPerHour: group.number("c"), uniformDelay: group.number("d1"),
            actuation: .init(
                availableCapacityPerHour: group.number("c_available"),
                passageTime: published.number("inputs.passage_time_s")),
            upstreamFilter: published.number("inputs.upstream_filter_I"),
            analysisPeriod: published.number("inputs.analysis_period_h") * 3600,
            initialQueue: published.number("inputs.initial_queue"))
    }
}
