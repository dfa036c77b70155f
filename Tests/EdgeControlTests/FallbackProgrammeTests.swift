import ControllerLink
import EdgeControl
import SignalModel
import TestSupport
import Testing

@Suite("The fallback programme over the day")
struct FallbackProgrammeTests {
    @Test("Plans follow each other by local time, over midnight too, by safe transitions", arguments: 0..<6)
    func day(seed: UInt64) throws {
        var (settings, other, _) = try SimulatedJunction.random(seed: seed)
        let night = settings.fallback[0].plan
        settings.fallback = [.init(timeOfDay: 6 * 3600, plan: other), .init(timeOfDay: 22 * 3600, plan: night)]
        settings.timeOfDayOffset = 3600
        // Local time is an hour ahead: midnight comes at 23 h, six at five.
        let settling = 10 * 600
        for (time, plan) in [(4.9, night), (5.0, other), (20.9, other), (21.0, night), (23.5, night), (24.2, night)] {
            var junction = try SimulatedJunction(settings, network: Int(time * 3600) - 300)
            junction.run(settling)
            // Where a change falls into the time, the plan after it runs.
            let after = [4.9: other, 20.9: night][time] ?? plan
            #expect(junction.isInStep(with: after), "\(time) h")
            #expect(junction.monitor.breaches == [])
            #expect(!junction.reports.contains { $0.event == .guardRefused })
        }
    }

    @Test("A controller without a plan that it can run does not start")
    func refusals() throws {
        let (settings, _, _) = try SimulatedJunction.random(seed: 1)
        var none = settings
        none.fallback = []
        #expect(throws: EdgeSettingsError.noFallback(settings.junction.id)) { try JunctionControl(none) }
        var late = settings
        late.fallback[0].timeOfDay = 86400
        #expect(throws: EdgeSettingsError.badTimeOfDay(settings.junction.id, 86400)) { try JunctionControl(late) }
        var unsafe = settings
        unsafe.fallback[0].plan.greens[0].intervals = []
        #expect(throws: EdgeSettingsError.self) { try JunctionControl(unsafe) }
        var fine = settings
        fine.fallback[0].plan.offset = 0.25
        #expect(throws: EdgeSettingsError.self) { try JunctionControl(fine) }
    }
}
