import Bandwidth
import Formats
import Foundation
import SignalModel
import TestSupport
import Testing

@Suite("Arterials of a network")
struct ArterialFinderTests {
    private func hangzhou() throws -> Network {
        try JSONDocument.read(
            Network.self, from: ProjectFolder.network("hangzhou").appendingPathComponent("network.json").path)
    }

    /// What does not hold of arterials, whatever the network.
    private func faults(_ chains: [ArterialChain], _ network: Network) -> [String] {
        var found: [String] = []
        let index = NetworkIndex(network)
        let all = chains.flatMap { $0.stops.map(\.junction) }
        if Set(all).count != all.count { found.append("a junction is in two arterials") }
        for chain in chains {
            let directions = [
                (chain.stops.map { Optional($0.outbound) }, chain.outbound),
                (chain.stops.reversed().map(\.inbound), chain.inbound?.reversed() ?? []),
            ]
            for (movements, legs) in directions {
                let driven = movements.compactMap { $0.flatMap { index.movements[$0] } }.map { network.movements[$0] }
                if driven.isEmpty, chain.inbound == nil { continue }
                if driven.count != chain.stops.count { found.append("a stop has no movement") }
                if driven.contains(where: { $0.turn != .through }) { found.append("a movement turns") }
                for (leg, pair) in zip(legs, zip(driven, driven.dropFirst())) {
                    if leg.links.first != pair.0.to || leg.links.last != pair.1.from { found.append("a leg has a gap") }
                    let length = leg.links.reduce(0) { $0 + network.links[index.links[$1]!].length }
                    if leg.length < length || leg.freeTime <= 0 { found.append("a leg is too short") }
                }
            }
            if chain.outboundFlowPerHour < chain.inboundFlowPerHour { found.append("outbound has less traffic") }
        }
        return found
    }

    @Test("A grid of four by four is four streets of four junctions, those with most traffic first")
    func grid() throws {
        let network = try hangzhou()
        let flows = FlowsGenerator.flows(for: network, seed: 4)
        let chains = ArterialFinder(network: network, flows: flows).arterials()
        #expect(chains.map(\.stops.count) == [4, 4, 4, 4])
        #expect(chains.allSatisfy { $0.inbound != nil })
        #expect(faults(chains, network).isEmpty, "\(faults(chains, network))")
        let totals = chains.map { $0.outboundFlowPerHour + $0.inboundFlowPerHour }
        #expect(totals == totals.sorted(by: >))
        #expect(ArterialFinder(network: network, flows: flows).arterials() == chains)
    }

    @Test("Traffic decides which streets of a grid are the arterials")
    func traffic() throws {
        let network = try hangzhou()
        var flows = FlowsGenerator.flows(for: network, seed: 4)
        let index = NetworkIndex(network)
        let positions = Dictionary(uniqueKeysWithValues: network.nodes.map { ($0.id, $0.position) })
        for isEastWest in [true, false] {
            for (number, flow) in flows.movements.enumerated() {
                let movement = network.movements[index.movements[flow.movement]!]
                let link = network.links[index.links[movement.from]!]
                let (from, to) = (positions[link.from]!, positions[link.to]!)
                let runsEastWest = abs(to.x - from.x) > abs(to.y - from.y)
                let value = movement.turn == .through && runsEastWest == isEastWest ? 500.0 : 20
                flows.movements[number].flowPerHour = flow.flowPerHour.map { _ in value }
            }
            let chains = ArterialFinder(network: network, flows: flows).arterials()
            #expect(chains.count == 4)
            #expect(chains.allSatisfy { $0.outboundFlowPerHour == 500 && $0.inboundFlowPerHour == 500 })
        }
    }

    @Test("Streets without a way back are one-way arterials, after those that go both ways")
    func oneWay() throws {
        var network = try hangzhou()
        let index = NetworkIndex(network)
        let positions = Dictionary(uniqueKeysWithValues: network.nodes.map { ($0.id, $0.position) })
        // Nobody goes straight on to the west, to the north or to the south.
        network.movements.removeAll { movement in
            let link = network.links[index.links[movement.from]!]
            let (from, to) = (positions[link.from]!, positions[link.to]!)
            let isEast = to.x - from.x > abs(to.y - from.y)
            return movement.turn == .through && !isEast
        }
        let flows = FlowsGenerator.flows(for: network, seed: 4)
        let chains = ArterialFinder(network: network, flows: flows).arterials()
        #expect(chains.map(\.stops.count) == [4, 4, 4, 4])
        #expect(chains.allSatisfy { $0.inbound == nil && $0.inboundFlowPerHour == 0 })
        #expect(chains.allSatisfy { chain in chain.stops.allSatisfy { $0.inbound == nil } })
        #expect(faults(chains, network).isEmpty)
        #expect(ArterialFinder(network: network, flows: flows).arterials(leastJunctions: 5).isEmpty)
    }

    @Test(
        "The shared networks have the arterials that a map shows",
        .enabled(if: SharedData.isExpected, SharedData.absence),
        arguments: [
            ("cologne1", []), ("cologne8", [3, 3]), ("grid4x4", [4, 4, 4, 4]), ("hangzhou", [4, 4, 4, 4]),
            ("ingolstadt1", []), ("ingolstadt7", [4, 3]),
        ])
    func shared(name: String, lengths: [Int]) throws {
        let (network, flows) = try SharedTraffic.load(name)
        let chains = ArterialFinder(network: network, flows: flows).arterials()
        #expect(chains.map(\.stops.count) == lengths)
        #expect(faults(chains, network).isEmpty, "\(faults(chains, network))")
    }

    @Test(
        "Generated networks: junctions are in one arterial at most, and legs connect",
        arguments: 0..<20 as Range<UInt64>)
    func generated(seed: UInt64) {
        let network = JunctionGenerator.irregular(rows: 3, columns: 3, seed: seed)
        let flows = FlowsGenerator.flows(for: network, seed: seed)
        let chains = ArterialFinder(network: network, flows: flows).arterials()
        #expect(faults(chains, network).isEmpty, "\(faults(chains, network))")
    }

    @Test("A network without signals has none")
    func none() {
        let network = Network(name: "empty")
        let flows = Flows(start: 0, intervalLength: 300, intervalCount: 1, sources: [], movements: [])
        #expect(ArterialFinder(network: network, flows: flows).arterials().isEmpty)
    }
}
