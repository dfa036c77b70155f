import SignalModel
import Testing

@testable import AdaptiveControl

@Suite("Vehicles that ask for priority")
struct PriorityTests {
    /// Two roads with a car every few seconds on the main one, and one vehicle on the side road that comes at 100 s.
    private struct Street {
        var controller: JunctionController
        var picture: TrafficPicture
        let sight: Double
        /// By road: when each vehicle would be at the stop line, and when it has passed.
        var due: [[Int]]
        var passed: [[Int]] = [[], []]
        var changes = 0
        var longestRed = 0
        static let arrival = 100

        init(mainEvery seconds: Int = 4) throws {
            let settings = AdaptiveSettings()
            var network = TwoRoads.network
            network.junctions[0].programs[0].plan.greens.removeAll { $0.group == "walk" }
            controller = try JunctionController(network.junctions[0], in: network, settings: settings, time: 0)
            picture = TrafficPicture(controller.layout)
            sight = settings.sight
            due = [stride(from: 10, to: 300, by: seconds).map(\.self), [Self.arrival]]
        }

        /// Runs for some minutes; the vehicle asks where it is given a kind.
        mutating func run(asking kind: PriorityRequest.Kind?, people: Double = 60) {
            var before: [Int] = []
            for time in 1..<360 {
                for lane in controller.layout.lanes.indices {
                    let road = controller.layout.lanes[lane].id == "WC_0" ? 0 : 1
                    let waiting = due[road].dropFirst(passed[road].count).filter { $0 - time <= 20 }
                    picture.lanes[lane] = waiting.enumerated().map { place, due in
                        let free = Double(max(0, due - time)) * controller.layout.lanes[lane].speed
                        let queue = Double(place) * controller.layout.spacing
                        return .init(
                            stream: controller.layout.lanes[lane].streams[0], distance: max(free, queue),
                            speed: free > queue ? controller.layout.lanes[lane].speed : 0,
                            waited: Double(max(0, time - due)))
                    }
                }
                var seen = picture
                if let kind, passed[1].isEmpty {
                    let movement = controller.layout.streams.first {
                        $0.lane == controller.layout.lanes.firstIndex { $0.id == "SC_0" }
                    }!
                    seen.add(
                        [
                            .init(
                                id: "bus", kind: kind, movement: movement.movement, arrival: Double(Self.arrival),
                                people: people)
                        ],
                        in: controller.layout, at: time, sight: sight)
                }
                _ = controller.decide(seen, at: time)
                let green = controller.executor.green.groups
                if green != before, !green.isEmpty {
                    changes += 1
                    before = green
                }
                for lane in controller.layout.lanes.indices {
                    let road = controller.layout.lanes[lane].id == "WC_0" ? 0 : 1
                    let group = controller.layout.streams[controller.layout.lanes[lane].streams[0]].group
                    guard green.contains(group), let next = due[road].dropFirst(passed[road].count).first, next <= time,
                        (passed[road].last ?? -2) <= time - 2
                    else { continue }
                    passed[road].append(time)
                }
            }
        }

        /// How long the vehicle on the side road waits, s.
        var wait: Int? { passed[1].first.map { $0 - Self.arrival } }
    }

    @Test("A bus waits less when it asks, and a vehicle with blue lights not at all")
    func waits() throws {
        var (silent, bus, blue) = (try Street(), try Street(), try Street())
        silent.run(asking: nil)
        bus.run(asking: .transit)
        blue.run(asking: .emergency)
        let waits = try [silent, bus, blue].map { try #require($0.wait) }
        #expect(waits[0] > waits[1] && waits[1] >= waits[2], "\(waits)")
        #expect(waits[2] <= 1)
    }

    @Test("When it has passed all is as it was: nobody is left behind, and stages change no more often")
    func recovery() throws {
        var (silent, blue) = (try Street(), try Street())
        silent.run(asking: nil)
        blue.run(asking: .emergency)
        #expect(blue.passed[0].count == blue.due[0].count)
        #expect(blue.changes <= silent.changes)
        // The queue that it made is gone within a minute.
        let late = zip(blue.due[0], blue.passed[0]).filter { $0.0 >= Street.arrival + 60 }.map { $0.1 - $0.0 }
        #expect(late.allSatisfy { $0 <= 2 }, "\(late)")
    }

    @Test("An empty bus weighs as a car, people as they are, and what is no number nothing")
    func weights() {
        func weight(_ people: Double) -> Double {
            PriorityRequest(id: "b", kind: .transit, movement: "m", arrival: 0, people: people).weight
        }
        #expect(weight(0) == 1 && weight(-5) == 1 && weight(13) == 10)
        #expect(weight(1e300) == PriorityRequest.greatestPeople / PriorityRequest.peoplePerCar)
        #expect(weight(.nan) == 1)
    }
}
