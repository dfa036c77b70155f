import PerformanceModel
import SignalModel
import Testing

@Suite("The network model against theory")
struct NetworkModelVerificationTests {
    @Test(
        "a steady flow waits as long as Webster's uniform delay says",
        arguments: [(600.0, 30.0), (300, 20), (900, 45), (750, 30)])
    func uniformDelay(flow: Double, green: Double) {
        let saturation = 1800.0
        let cycle = 60.0
        let hours = 2
        let model = NetworkModel(
            network: OneApproach.network(saturationFlowPerHour: saturation),
            flows: OneApproach.flows(Array(repeating: flow, count: 12 * hours), intervalLength: 300),
            settings: OneApproach.queueOnly)
        let run = OneApproach.run(model, OneApproach.plan(cycle: cycle, start: 0, green: green))
        let measured = run.delay / (flow * Double(hours))
        // d = C(1 − λ)²/(2(1 − y)) (Webster 1958, first term).
        let red = 1 - green / cycle
        let theory = cycle * red * red / (2 * (1 - flow / saturation))
        #expect(abs(measured - theory) < 0.03 * theory, "\(measured) s against \(theory) s")
    }

    @Test("an oversaturated approach delays as the published two-link case does")
    func oversaturation() {
        // Demand of 0.2 veh/s, 0.6 veh/s from 300 s to 800 s; 0.8 veh/s of green, 60 s of 120 s (UXsim,
        // test_2link_signal_deltan1: average delay 97 s over the 568 trips that finish; the continuous point queue: 96.4 s over 580).
        // The 20 that have not finished are behind the stop line or about to reach it, and have hardly waited.
        let flows = (0..<20).map { ($0 >= 3 && $0 < 8) ? 0.6 * 3600 : 0.2 * 3600 }
        let model = NetworkModel(
            network: OneApproach.network(saturationFlowPerHour: 0.8 * 3600),
            flows: OneApproach.flows(flows, intervalLength: 100), settings: OneApproach.queueOnly)
        // The queue leaves 3 s after the start of green at this speed: the green that works is 0 to 60 s.
        let run = OneApproach.run(model, OneApproach.plan(cycle: 120, start: 117, green: 60))
        let measured = run.delay / 580
        #expect(abs(measured - 96.4) < 0.005 * 96.4, "\(measured) s")
        #expect(abs(measured - 97) < 0.1 * 97)
    }

    @Test("no vehicle is lost or made", arguments: [200.0, 700, 1300])
    func conservation(flow: Double) {
        let model = NetworkModel(
            network: OneApproach.network(length: 120, saturationFlowPerHour: 1700),
            flows: OneApproach.flows(Array(repeating: flow, count: 12), intervalLength: 300))
        let run = OneApproach.run(model, OneApproach.plan(cycle: 70, start: 13, green: 33))
        let balance = run.balance()
        #expect(abs(balance.sent - flow) < 1e-6)
        #expect(abs(balance.sent - balance.left - balance.stillThere) < 1e-6)
        #expect(balance.left > 0)
    }
}
