import SafetyGuard
import SignalModel
import TestSupport
import Testing

@testable import AdaptiveControl

@Suite("Who has come to a link that junctions upstream tell of")
struct LinkFeedTests {
    /// A feed of a link of 280 m, whose last 200 m are seen on the first of two lanes alone.
    private static var feed: LinkFeed {
        LinkFeed(link: "a", lanes: [4, 5], length: 280, seenLength: 200, speed: 14)
    }

    @Test("Who does not come to the lane that is seen is on the one that is not, and reaches its end in time")
    func hidden() {
        var feed = Self.feed
        var arrival: Int?
        for second in 0..<40 {
            feed.advance(sent: second == 0 ? 1 : 0, entered: [0, nil], usual: [1, 1])
            let coming = feed.coming(to: 5, stream: 3)
            if second == 14, let vehicle = coming.first {
                #expect(coming.count == 1 && vehicle.weight == 1 && vehicle.stream == 3)
                #expect(vehicle.distance > 80 && vehicle.distance < 160)
            }
            let beside = feed.arrivals(on: 4)
            #expect(feed.coming(to: 4, stream: 0).isEmpty && beside == 0)
            if feed.arrivals(on: 5) == 1 { arrival = second }
        }
        // 280 m at 14 m/s and what driving off costs.
        #expect(arrival.map { (20...24).contains($0) } ?? false)
    }

    @Test("Who is seen is not taken to be on another lane too")
    func seen() {
        var feed = Self.feed
        for second in 0..<40 {
            feed.advance(sent: second == 0 ? 1 : 0, entered: [second == 9 ? 1 : 0, nil], usual: [1, 1])
            let arrivals = feed.arrivals(on: 5)
            #expect(feed.coming(to: 5, stream: 3).isEmpty && arrivals == 0)
        }
    }

    @Test("Of all who are sent as many arrive as are not seen, where several lanes are not seen in usual proportions")
    func conservation() {
        var feed = LinkFeed(link: "a", lanes: [0, 1, 2], length: 280, seenLength: 200, speed: 14)
        var arrived = [0.0, 0.0]
        for second in 0..<400 {
            let isSent = second < 300 && second % 3 == 0
            let isSeen = second >= 12 && second < 312 && second % 6 == 0
            feed.advance(sent: isSent ? 1 : 0, entered: [isSeen ? 1 : 0, nil, nil], usual: [1, 3, 1])
            arrived[0] += feed.arrivals(on: 1)
            arrived[1] += feed.arrivals(on: 2)
        }
        #expect(abs(arrived[0] + arrived[1] - 50) < 1e-9)
        #expect(abs(arrived[0] - 3 * arrived[1]) < 1e-9)
    }

    @Test("Nothing is made of a link that nobody tells of")
    func untold() {
        var feed = Self.feed
        feed.advance(sent: 1, entered: [0, nil], usual: [1, 1])
        for _ in 0..<40 { feed.advance(sent: nil, entered: [0, nil], usual: [1, 1]) }
        #expect(!feed.isTold)
        let arrivals = feed.arrivals(on: 5)
        #expect(arrivals == 0)
    }

    /// ``TwoRoads`` with a second signal K at E, before which the link CE has two lanes.
    private static var street: Network {
        var network = TwoRoads.network
        var second = network.junctions[0]
        second.id = "K"
        second.nodes = ["E"]
        network.junctions.append(second)
        network.links[2].lanes.append(Lane(id: "CE_1", length: 100, freeFlowSpeed: 14))
        for (id, from, to) in [("NE", "N", "E"), ("EF", "E", "F")] {
            network.links.append(
                Link(
                    id: LinkID(id), from: NodeID(from), to: NodeID(to), length: 100,
                    lanes: [Lane(id: LaneID(id + "_0"), length: 100, freeFlowSpeed: 14)]))
        }
        for (from, lanes, group) in [("CE", ["CE_0", "CE_1"], "main"), ("NE", ["NE_0"], "side")] {
            network.movements.append(
                Movement(
                    id: MovementID(from + ">EF"), node: "E", from: LinkID(from), to: "EF", turn: .through,
                    signalGroup: SignalGroupID(group),
                    connections: lanes.enumerated().map { number, lane in
                        LaneConnection(
                            from: LaneID(lane), to: "EF_0", length: 20, speed: 10, saturationFlowPerHour: 1800,
                            saturationFlowSource: .network, signalIndex: number)
                    }))
        }
        return network
    }

    /// What K believes to be on the lane CE_1, whose detector is dead, after a vehicle has left J towards it.
    ///
    /// - Parameters:
    ///   - tells: Whether J tells K.
    ///   - comes: Whether the vehicle is seen to come to the lane beside.
    private static func belief(tells: Bool, comes: Bool) throws -> (sent: Double, weight: Double) {
        let network = Self.street
        let layouts = [try JunctionLayout("J", in: network), try JunctionLayout("K", in: network)]
        let plan = AreaDetectorPlan(layouts, in: network, reach: 200)
        var estimators = layouts.indices.map {
            AreaEstimator(layouts[$0], plan: plan, junction: $0, settings: AdaptiveSettings())
        }
        let green: [[Aspect]] = [[.green, .red], [.red, .green]]
        var sent = 0.0
        var weight = 0.0
        for second in 0..<45 {
            // It drives at 14 m/s over WC, then over CE.
            let way = Double(14 * (second - 20))
            let readings = plan.detectors.map { detector -> AreaReading? in
                if detector.lane == "CE_1" { return nil }
                let place = detector.lane == "WC_0" ? 105 - way : comes && detector.lane == "CE_0" ? 225 - way : -1
                return AreaReading(
                    zones: (0..<detector.zoneCount).map { zone in
                        let isThere = place > 0 && Int(place / detector.zoneLength) == zone
                        return .init(vehicles: isThere ? 1 : 0, halted: 0, meanSpeed: isThere ? 14 : -1)
                    })
            }
            let told = estimators[0].sent["CE"] ?? 0
            for number in estimators.indices {
                if tells { estimators[number].receive(["CE": told]) }
                let picture = estimators[number].observe(readings, aspects: green[number])
                guard number == 1, second == 38,
                    let lane = layouts[1].lanes.firstIndex(where: { $0.id == "CE_1" })
                else { continue }
                weight = picture.lanes[lane].reduce(0) { $0 + $1.weight }
            }
            sent += estimators[0].sent["CE"] ?? 0
        }
        return (sent, weight)
    }

    @Test("A junction knows of a vehicle that no detector of its own has seen")
    func street() throws {
        let told = try Self.belief(tells: true, comes: false)
        #expect(told.sent == 1)
        #expect(told.weight > 0.9)
        let untold = try Self.belief(tells: false, comes: false)
        let seen = try Self.belief(tells: true, comes: true)
        #expect(seen.weight < told.weight - 0.7)
        #expect(untold.weight < told.weight - 0.3)
    }

    @Test("A link is told of where nobody comes to it but over signals that are controlled")
    func watchedLinks() throws {
        let network = Self.street
        let both = [try JunctionLayout("J", in: network), try JunctionLayout("K", in: network)]
        #expect(AreaDetectorPlan(both, in: network, reach: 200).watchedLinks == ["CE": 100, "EF": 100])
        #expect(AreaDetectorPlan([both[1]], in: network, reach: 200).watchedLinks == ["EF": 100])
        var open = network
        open.movements[1].signalGroup = nil
        let layouts = [try JunctionLayout("J", in: open), try JunctionLayout("K", in: open)]
        #expect(AreaDetectorPlan(layouts, in: open, reach: 200).watchedLinks == ["EF": 100])
    }

    @Test("Who has left a lane before it was due there does not come to its end again")
    func forgotten() {
        var feed = Self.feed
        var arrived = 0.0
        for second in 0..<60 {
            feed.advance(sent: second == 0 || second == 4 ? 1 : 0, entered: [0, nil], usual: [1, 1])
            if second == 18 { feed.forget(1, on: 5) }
            arrived += feed.arrivals(on: 5)
        }
        #expect(arrived == 1)
        feed.forget(3, on: 5)
        feed.forget(1, on: 99)
        #expect(feed.coming(to: 5, stream: 3).isEmpty)
    }
}
