import SignalModel
import TestSupport
import Testing

@testable import PlanOptimizer

@Suite("The demand that plans are made for")
struct DesignDemandTests {
    private let network = JunctionGenerator.irregular(rows: 2, columns: 2, seed: 4)

    /// Flows by the minute over an hour.
    private func counted() -> Flows {
        var flows = FlowsGenerator.flows(for: network, seed: 4, greatestFlowPerLane: 400)
        flows.intervalLength = 60
        flows.intervalCount = 60
        let rising = (0..<60).map { 0.5 + Double($0) / 60 }
        for number in flows.movements.indices {
            let flow = flows.movements[number].flowPerHour[0]
            flows.movements[number].flowPerHour = rising.map { $0 * flow }
            flows.movements[number].standardErrorPerHour = Array(repeating: 0, count: 60)
        }
        for number in flows.sources.indices {
            let flow = flows.sources[number].flowPerHour[0]
            flows.sources[number].flowPerHour = rising.map { $0 * flow }
        }
        return flows
    }

    private func sums(of flows: Flows, on link: LinkID) -> [Double] {
        let members = Set(network.movements.filter { $0.from == link }.map(\.id))
        return (0..<flows.intervalCount).map { interval in
            flows.movements.filter { members.contains($0.movement) }.reduce(0) { $0 + $1.flowPerHour[interval] }
        }
    }

    @Test("Every approach keeps its traffic, interval by interval")
    func approaches() {
        let before = counted()
        let after = DesignDemand(reserve: 0, seed: 1).flows(from: before, in: network)
        for link in network.links {
            let pairs = zip(sums(of: before, on: link.id), sums(of: after, on: link.id))
            let difference = pairs.map { abs($0 - $1) }.max() ?? 0
            #expect(difference < 1e-6, "\(link.id)")
        }
    }

    @Test("Every movement keeps its vehicles but for the rounding of one")
    func movements() {
        let before = counted()
        let after = DesignDemand(reserve: 0, seed: 1).flows(from: before, in: network)
        for (one, other) in zip(before.movements, after.movements) {
            let difference = (one.flowPerHour.reduce(0, +) - other.flowPerHour.reduce(0, +)) / 60
            // Scaling a rounded deck to the interval's traffic moves a little more between the movements of an approach.
            #expect(abs(difference) < 3, "\(one.movement): \(difference) vehicles")
        }
    }

    @Test("Turns vary from minute to minute as single vehicles do")
    func unevenness() throws {
        let before = counted()
        let after = DesignDemand(reserve: 0, seed: 1).flows(from: before, in: network)
        var expected = 0.0
        var found = 0.0
        for (number, flow) in before.movements.enumerated() {
            let from = try #require(network.movements.first { $0.id == flow.movement }).from
            let approach = sums(of: before, on: from)
            for interval in 0..<60 where approach[interval] > 0 {
                let share = flow.flowPerHour[interval] / approach[interval]
                expected += approach[interval] / 60 * share * (1 - share)
                let excess = (after.movements[number].flowPerHour[interval] - flow.flowPerHour[interval]) / 60
                found += excess * excess
            }
        }
        // Binomial variance, less what is lost by vehicles that two intervals share and by decks that run out.
        let ratio = found / expected
        #expect((0.5...1.1).contains(ratio), "\(ratio) of the binomial variance")
    }

    @Test("The reserve raises all of the demand, and a seed determines the draw")
    func reserveAndSeed() {
        let before = counted()
        let plain = DesignDemand(reserve: 0, seed: 1).flows(from: before, in: network)
        let more = DesignDemand(reserve: 0.25, seed: 1).flows(from: before, in: network)
        let scaled = zip(plain.movements, more.movements).allSatisfy { one, other in
            zip(one.flowPerHour, other.flowPerHour).allSatisfy { abs($0 * 1.25 - $1) < 1e-9 }
        }
        #expect(scaled)
        #expect(DesignDemand(reserve: 0, seed: 1).flows(from: before, in: network) == plain)
        #expect(DesignDemand(reserve: 0, seed: 2).flows(from: before, in: network) != plain)
    }

    @Test("Demand in long intervals is not shuffled")
    func longIntervals() {
        let before = FlowsGenerator.flows(for: network, seed: 4)
        #expect(before.intervalLength > DesignDemand.mixingPeriod / 2)
        #expect(DesignDemand(reserve: 0, seed: 1).flows(from: before, in: network) == before)
    }
}
