import PerformanceModel
import TestSupport
import Testing

@Suite("Clearance intervals against the published formulas")
struct HCMClearanceVerificationTests {
    @Test("yellow by speed", .enabled(if: SharedData.isExpected, SharedData.absence))
    func yellow() throws {
        let published = try PublishedCase("clearance_formulas")
        let speeds = try published.numbers("derived_table.mph")
        let exact = try published.numbers("derived_table.exact")
        let rounded = try published.numbers("derived_table.comar_rounded_up_half")
        #expect(speeds.count == 7)
        for (number, speed) in speeds.enumerated() {
            let yellow = SignalClearance.yellow(speed: speed * 0.44704)
            let toSet = SignalClearance.yellowToSet(speed: speed * 0.44704)
            #expect(abs(yellow - exact[number]) < 1e-9, "\(speed) mph: \(yellow)")
            #expect(toSet == rounded[number], "\(speed) mph: \(toSet)")
        }
    }

    @Test("yellow grows downhill and stays within 3 and 6 s")
    func yellowOnSlopes() {
        // 1.0 + 0.733·45/(10 − 0.32·5) at 5 % downhill.
        let downhill = SignalClearance.yellow(speed: 45 * 0.44704, gradient: -0.05)
        #expect(abs(downhill - (1 + 0.733 * 45 / 8.4)) < 1e-9)
        #expect(SignalClearance.yellowToSet(speed: 5) == 3)
        #expect(SignalClearance.yellowToSet(speed: 40) == 6)
    }

    @Test("red clearance of a 60 ft junction at 40 ft/s is 2 s")
    func redClearance() {
        let red = SignalClearance.redClearance(width: 60 * 0.3048, speed: 40 * 0.3048)
        #expect(abs(red - 2) < 1e-9)
    }

    @Test("least green beside a 70 ft crosswalk is 7 + 70/3.5 − 4 − 1 s, and never less than the walk")
    func leastPedestrianGreen() {
        let long = SignalClearance.leastPedestrianGreen(crossingLength: 70 * 0.3048, yellow: 4, redClearance: 1)
        let short = SignalClearance.leastPedestrianGreen(crossingLength: 3, yellow: 4, redClearance: 1)
        #expect(abs(long - 22) < 1e-9)
        #expect(short == 7)
    }
}
