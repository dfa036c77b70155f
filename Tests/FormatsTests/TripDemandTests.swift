import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite("Flows and counts of single trips")
struct TripDemandTests {
    @Test("A vehicle is counted by the detectors of its lanes at the time free flow brings it there")
    func oneVehicle() throws {
        let network = try CityFlowReaderTests.read().network
        // 180 m at 12.5 m/s to the stop line, passed at 299.4 s; 40 m inside, 15 m more to the next detector.
        let demand = TripDemand(trips: [Trip(start: 285, route: ["in0", "out2"]), Trip(start: 600, route: ["in1"])])
        let counts = demand.counts(in: network)
        let seen = counts.readings.filter { $0.count != 0 }
        let expected = [
            DetectorReading(detector: "in0_0/entry", start: 0, length: 300, count: 1),
            DetectorReading(detector: "in0_0/stop", start: 0, length: 300, count: 1),
            DetectorReading(detector: "in1_0/entry", start: 600, length: 300, count: 1),
            DetectorReading(detector: "in1_0/stop", start: 600, length: 300, count: 1),
            DetectorReading(detector: "out2_0/entry", start: 300, length: 300, count: 1),
        ]
        #expect(seen.sorted { $0.detector < $1.detector } == expected)
        #expect(counts.readings.count == network.detectors.count * 3)
    }

    @Test("No interval is lost to rounding", arguments: [61, 61.3, 77.7, 99.9, 300.1])
    func lastInterval(length: Double) throws {
        let network = try CityFlowReaderTests.read().network
        for last in [1, 3, 7, 13, 100] {
            let demand = TripDemand(trips: [Trip(start: (Double(last) + 0.2) * length, route: ["in0", "out2"])])
            let flows = demand.flows(in: network, intervalLength: length)
            #expect(flows.intervalCount == last + 1)
            #expect(flows.sources.first?.flowPerHour.last == 3600 / length)
        }
    }

    @Test("Vehicles spread evenly over the lanes of their turn")
    func lanes() throws {
        var network = try CityFlowReaderTests.read().network
        let position = try #require(network.movements.firstIndex { $0.id == "in0>out2" })
        let second = LaneConnection(from: "in0_1", to: "out2_1", length: 40, speed: 10)
        network.movements[position].connections.append(second)
        let demand = TripDemand(trips: (0..<4).map { Trip(start: Double($0), route: ["in0", "out2"]) })
        let flows = demand.flows(in: network)
        let flow = try #require(flows.movements.first { $0.movement == "in0>out2" })
        #expect(flow.laneShares == [0.5, 0.5])
        #expect(flow.flowPerHour == [48])
    }

    @Test("Flows count every vehicle once at its source and once at each turn")
    func flows() throws {
        let result = try CityFlowReaderTests.read()
        let flows = try #require(result.demand).flows(in: result.network)
        #expect(flows.intervalCount == 2)
        #expect(flows.sources.map(\.link) == ["in0", "in1", "in3"])
        #expect(flows.sources.map(\.flowPerHour) == [[48, 0], [12, 0], [0, 12]])
        let turning = flows.movements.map { $0.flowPerHour.reduce(0, +) }.reduce(0, +)
        #expect(turning == 72)
        #expect(flows.movements.allSatisfy { abs($0.laneShares.reduce(0, +) - 1) < 1e-12 })
    }

    @Test("In Hangzhou no vehicle is lost", .enabled(if: SharedData.isExpected, SharedData.absence))
    func hangzhou() throws {
        let folder = try SharedData.url("data/cityflow/hangzhou").path
        let result = try CityFlowReader.read(
            roadnet: folder + "/roadnet_4_4.json", flow: folder + "/anon_4_4_hangzhou_real.json")
        let demand = try #require(result.demand)
        let flows = demand.flows(in: result.network)
        #expect(flows.intervalCount == 12)
        let sources = flows.sources.flatMap(\.flowPerHour).reduce(0, +) / 12
        #expect(abs(sources - 2983) < 1e-6)
        // On a link within the district what the entries count comes over the stop lines within 780 m / 11.111 m/s.
        let counts = demand.counts(in: result.network)
        func total(_ suffix: String, _ link: String, through interval: Double) -> Double {
            counts.readings.filter {
                $0.detector.text.hasPrefix(link) && $0.detector.text.hasSuffix(suffix) && $0.start <= interval
            }.compactMap(\.count).reduce(0, +)
        }
        let entered = total("/entry", "road_2_2_0", through: 3000)
        let left = total("/stop", "road_2_2_0", through: 3300)
        let enteredInAll = total("/entry", "road_2_2_0", through: 3300)
        #expect(entered > 0)
        #expect(left >= entered && left <= enteredInAll)
    }
}
