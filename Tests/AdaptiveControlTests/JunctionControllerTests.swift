import AdaptiveControl
import Foundation
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("The law on junctions of all kinds")
struct JunctionControllerTests {
    /// A controller of a random junction with the estimators of both kinds of detectors.
    private struct Subject {
        let junction: Junction
        var controller: JunctionController
        let areas: AreaDetectorPlan
        let loops: LoopDetectorPlan
        var areaEstimator: AreaEstimator
        var loopEstimator: LoopEstimator

        init(seed: Int) throws {
            let network = (seed % 2 == 0 ? JunctionGenerator.junction : JunctionGenerator.joinedJunction)(UInt64(seed))
            let settings = AdaptiveSettings()
            junction = network.junctions[0]
            controller = try JunctionController(junction, in: network, settings: settings, time: 0)
            areas = AreaDetectorPlan([controller.layout], in: network, reach: 200)
            loops = LoopDetectorPlan([controller.layout], in: network, reach: 150)
            areaEstimator = AreaEstimator(controller.layout, plan: areas, junction: 0, settings: settings)
            loopEstimator = LoopEstimator(controller.layout, plan: loops, junction: 0, settings: settings)
        }
    }

    private static func garbage(_ detector: AreaDetector, _ random: inout SplitMix64) -> AreaReading? {
        if random.chance(0.2) { return nil }
        let count = random.chance(0.02) ? Int.random(in: 0...20, using: &random) : detector.zoneCount
        return AreaReading(zones: (0..<count).map { _ in garbage(&random) })
    }

    private static func garbage(_ random: inout SplitMix64) -> AreaReading.Zone {
        let vehicles =
            random.chance(0.01)
            ? Int.random(in: Int.min...Int.max, using: &random) : Int.random(in: 0...4, using: &random)
        let speed = random.chance(0.01) ? Double.nan : Double.random(in: 0...20, using: &random)
        let halted =
            random.chance(0.02)
            ? Int.random(in: -2...12, using: &random) : Int.random(in: 0...max(0, min(4, vehicles)), using: &random)
        return AreaReading.Zone(vehicles: vehicles, halted: halted, meanSpeed: speed)
    }

    private static func loopGarbage(_ random: inout SplitMix64) -> LoopReading? {
        if random.chance(0.2) { return nil }
        return LoopReading(
            passed: Int.random(in: -3...6, using: &random), isCovered: random.chance(0.5),
            isOccupied: random.chance(0.5))
    }

    /// Decisions under garbage from the detectors, with every breach of a rule by the lamps.
    private static func run(seed: Int, seconds: Int) throws -> (decisions: [AdaptiveDecision], breaches: [Violation]) {
        var subject = try Subject(seed: seed)
        var random = SplitMix64(seed: UInt64(seed))
        var judge = TraceJudge(junction: subject.junction)
        var decisions: [AdaptiveDecision] = []
        var breaches: [Violation] = []
        for time in 0..<seconds {
            let aspects = subject.controller.executor.aspects
            var picture =
                seed % 3 == 0
                ? subject.loopEstimator.observe(
                    subject.loops.loops.map { _ in loopGarbage(&random) }, aspects: aspects)
                : subject.areaEstimator.observe(
                    subject.areas.detectors.map { garbage($0, &random) }, aspects: aspects)
            picture.inside = GroupSet((0..<aspects.count).filter { _ in random.chance(0.2) })
            decisions.append(subject.controller.decide(picture, at: time))
            breaches += judge.observe(subject.controller.executor.aspects, at: Double(time))
        }
        return (decisions, breaches)
    }

    @Test(
        "Whatever the detectors say, no rule is broken, and the same garbage gives the same decisions",
        arguments: 0..<6)
    func garbage(seed: Int) throws {
        let first = try Self.run(seed: seed, seconds: 150)
        let second = try Self.run(seed: seed, seconds: 150)
        #expect(first.breaches == [])
        #expect(Set(first.decisions.map(\.stage)).count > 1)
        #expect(first.decisions == second.decisions)
    }

    @Test("Where people cross everywhere, who is in the queue has more green than least greens in turn give")
    func crossings() throws {
        let file = ProjectFolder.network("district").appendingPathComponent("network.json")
        let network = try JSONDecoder().decode(Network.self, from: Data(contentsOf: file))
        for junction in network.junctions where junction.signalGroups.contains(where: { $0.kind == .pedestrian }) {
            var controller = try JunctionController(junction, in: network, settings: .init(), time: 0)
            let stream = try #require(controller.layout.streams.first)
            let busy = controller.layout.streams.indices.filter { controller.layout.streams[$0].lane == stream.lane }
            var green = 0
            for time in 0..<1200 {
                var picture = TrafficPicture(controller.layout)
                for place in 0..<30 {
                    picture.lanes[stream.lane].append(
                        .init(stream: busy[place % busy.count], distance: 7.5 * Double(place), speed: 0))
                }
                _ = controller.decide(picture, at: time)
                if controller.executor.green.contains(stream.group) { green += 1 }
            }
            #expect(Double(green) / 1200 > 0.3, "\(junction.id)")
        }
    }

    @Test("Nobody waits longer than may be, however the queues are and whoever stands inside", arguments: 0..<40)
    func longestWait(seed: Int) throws {
        var subject = try Subject(seed: seed)
        let layout = subject.controller.layout
        var random = SplitMix64(seed: UInt64(seed))
        // Somebody waits at each group that a vehicle or people on foot may come to.
        let groups = subject.junction.signalGroups
        let served = Set(layout.streams.map(\.group)).union(groups.indices.filter { groups[$0].kind == .pedestrian })
        var redSince: [Int: Int] = [:]
        var longest = 0
        for time in 0..<1500 {
            var picture = TrafficPicture(layout)
            for (stream, value) in layout.streams.enumerated() {
                // One vehicle waits at every signal; some lanes are full for a while.
                let count =
                    1 + (value.lane == (time / 60) % layout.lanes.count ? Int.random(in: 0...25, using: &random) : 0)
                for place in 0..<count {
                    picture.lanes[value.lane].append(.init(stream: stream, distance: 7.5 * Double(place), speed: 0))
                }
            }
            for group in 0..<layout.rules.groupCount where random.chance(0.3) { picture.inside.insert(group) }
            _ = subject.controller.decide(picture, at: time)
            let green = subject.controller.executor.green
            for group in 0..<layout.rules.groupCount where served.contains(group) {
                if green.contains(group) {
                    redSince[group] = nil
                } else if let since = redSince[group] {
                    longest = max(longest, time - since)
                } else {
                    redSince[group] = time
                }
            }
        }
        #expect(longest > 5)
        #expect(longest <= subject.controller.longestWait)
    }

    @Test("Where nothing is seen, the present plan is shown as far as the rules allow")
    func blind() throws {
        var subject = try Subject(seed: 4)
        var shown: Set<Int> = []
        for time in 0..<300 {
            let picture = subject.areaEstimator.observe(
                subject.areas.detectors.map { _ in nil }, aspects: subject.controller.executor.aspects)
            let decision = subject.controller.decide(picture, at: time)
            #expect(decision.reason == .blind)
            shown.formUnion(subject.controller.executor.green.groups)
        }
        #expect(shown.count == subject.junction.signalGroups.count)
    }
}
