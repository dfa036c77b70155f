import ControllerLink
import EdgeControl
import SignalModel
import TestSupport
import Testing

@Suite("A controller whose detectors see who stands inside the junction")
struct JunctionOccupancyTests {
    /// Seconds from the end of green of the main road until the side road has green.
    ///
    /// - Parameters:
    ///   - standing: For how long of these a vehicle of the main road stands inside.
    ///   - content: What the controller is leased.
    private static func change(
        standing: Int, speed: Double? = 0, age: Int = 1, to content: LeaseContent = .groups(["side"])
    ) throws -> Int {
        let junction = SmallNetwork.junction
        var settings = EdgeSettings(junction: junction, fallback: [.init(plan: SmallNetwork.timing)])
        settings.inside = ["way": "main"]
        var street = try SimulatedJunction(settings)
        var sequence = 0
        func step(_ content: LeaseContent, stands: Bool) {
            sequence += 1
            street.send(street.lease(content, sequence))
            street.control.measured([
                DetectorReading(
                    detector: "way", start: Double(street.network - age), length: 1, count: nil, speed: speed,
                    isPresent: stands)
            ])
            street.step()
        }
        while street.last?.aspects[0] != .green, sequence < 200 { step(.groups(["main"]), stands: false) }
        while street.last?.aspects[0] == .green, sequence < 400 { step(content, stands: true) }
        var seconds = 1
        while street.last?.aspects[1] != .green, sequence < 600 {
            step(content, stands: seconds <= standing)
            seconds += 1
        }
        #expect(street.monitor.breaches == [])
        return seconds - 1
    }

    @Test("Starts nobody across them who is leased green, for as long as they stand and not without end")
    func held() throws {
        #expect(try Self.change(standing: 0) == 5)
        #expect(try Self.change(standing: 3) == 5)
        #expect(try Self.change(standing: 8) == 9)
        #expect(try Self.change(standing: 100) == 16)
    }

    @Test("Whose speed is not known may stand, and who drives does not")
    func speed() throws {
        #expect(try Self.change(standing: 8, speed: nil) == 9)
        #expect(try Self.change(standing: 8, speed: 8) == 5)
    }

    @Test("What is old, or of a clock far ahead, says nothing")
    func age() throws {
        #expect(try Self.change(standing: 8, age: 60) == 5)
        #expect(try Self.change(standing: 8, age: -60) == 5)
    }

    @Test("A plan runs as it is")
    func plan() throws {
        let free = try Self.change(standing: 0, to: .plan(SmallNetwork.timing))
        #expect(try Self.change(standing: 100, to: .plan(SmallNetwork.timing)) == free)
    }
}
