import PerformanceModel
import Testing

@Suite("HCM delay terms against first principles")
struct HCMDelayVerificationTests {
    @Test(
        "an initial queue costs what first come, first served says",
        arguments: [(10.0, 400.0, 600.0), (60, 500, 600), (20, 700, 600), (0, 800, 600), (5, 600, 600)])
    func initialQueue(queue: Double, flow: Double, capacity: Double) {
        let period = 900.0
        let result = HCM.InitialQueue(
            initialQueue: queue, flowPerHour: flow, capacityPerHour: capacity, analysisPeriod: period)
        // Each arrival waits for the vehicles before it; the delay is what the initial queue adds to that.
        let steps = 100_000
        var sum = 0.0
        for step in 0..<steps {
            let time = (Double(step) + 0.5) / Double(steps) * period
            let grown = (flow - capacity) / 3600 * time
            sum += (max(0, queue + grown) - max(0, grown)) * 3600 / capacity
        }
        let expected = sum / Double(steps)
        let expectedRest = max(0, queue + (flow - capacity) / 3600 * period)
        #expect(abs(result.delay - expected) < 1e-3 * max(1, expected))
        #expect(abs(result.residualQueue - expectedRest) < 1e-9)
    }

    @Test("the signal is saturated for as long as the initial queue lasts")
    func uniformDelayWithInitialQueue() {
        let queue = HCM.InitialQueue(initialQueue: 10, flowPerHour: 400, capacityPerHour: 600, analysisPeriod: 900)
        let delay = queue.uniformDelay(saturated: 30, unsaturated: 20)
        // 10 vehicles at 200 veh/h take 180 s of the 900.
        #expect(abs(queue.unmetDemandTime - 180) < 1e-9)
        #expect(abs(queue.clearTime - 180) < 1e-9)
        #expect(abs(delay - 22) < 1e-9)
    }

    @Test("incremental delay tends to the overflow delay when nothing is random")
    func overflow() {
        let delay = HCM.incrementalDelay(
            degreeOfSaturation: 1.2, capacityPerHour: 600, incrementalDelayFactor: 0, analysisPeriod: 1800)
        // A queue that grows at 0.2·c for T makes the mean arrival wait 0.2·T/2.
        #expect(abs(delay - 180) < 1e-9)
    }

    @Test("the delay factor of actuated control runs from its least to a half")
    func delayFactor() {
        let factors = [0.2, 0.5, 0.75, 1, 1.4].map {
            HCM.actuatedDelayFactor(flowPerHour: $0 * 500, availableCapacityPerHour: 500, passageTime: 2)
        }
        let least = HCM.leastDelayFactor(passageTime: 2)
        #expect(abs(least - 0.04) < 0.0005)
        #expect(factors[0] == least && factors[1] == least)
        #expect(abs(factors[2] - 0.27) < 0.0005)
        #expect(factors[3] == 0.5 && factors[4] == 0.5)
        #expect(HCM.leastDelayFactor(passageTime: 0) == 0.04)
    }

    @Test(
        "the levels change at the limits of exhibit 18-4",
        arguments: zip([10.0, 20, 35, 55, 80], HCM.LevelOfService.allCases))
    func levels(limit: Double, level: HCM.LevelOfService) {
        let worse = HCM.LevelOfService(controlDelay: limit + 0.001)
        #expect(HCM.LevelOfService(controlDelay: limit) == level)
        #expect(worse > level)
        #expect(HCM.LevelOfService(controlDelay: limit, degreeOfSaturation: 1.001) == .f)
        #expect(HCM.LevelOfService(controlDelay: limit, degreeOfSaturation: 1) == level)
    }

    @Test("a green beyond the cycle stops the program")
    func badGreen() async {
        await #expect(processExitsWith: .failure) {
            _ = HCM.uniformDelay(cycle: 60, effectiveGreen: 61, degreeOfSaturation: 0.5)
        }
    }
}
