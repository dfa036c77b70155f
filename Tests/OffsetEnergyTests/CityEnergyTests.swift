import OffsetEnergy
import OffsetInstances
import SignalModel
import Testing

@Suite struct CityEnergyTests {
    @Test func townsAreConnectedIrregularAndOfStreetsOfUsualLength() {
        var generator = SeededGenerator(seed: 1)
        let graph = CityGraph(junctionCount: 200, generator: &generator)
        var reached: Set = [0]
        var waiting = [0]
        while let junction = waiting.popLast() {
            for road in graph.roads where road.from == junction || road.to == junction {
                let other = road.from == junction ? road.to : road.from
                if reached.insert(other).inserted { waiting.append(other) }
            }
        }
        let degree = 2 * Double(graph.roads.count) / 200
        #expect(reached.count == 200)
        #expect((3.2...3.5).contains(degree))
        #expect(graph.roads.allSatisfy { (80...600).contains($0.length) })
        let arterial = Double(graph.roads.count { $0.isArterial }) / Double(graph.roads.count)
        #expect((0.05...0.6).contains(arterial))
    }

    @Test func offsetsMatterAndNoneSavesAllDelay() throws {
        let energy = try CityEnergy.make(junctionCount: 50, cycleTime: 90, seed: 1)
        #expect(energy.edges.count == 85)
        for edge in energy.edges {
            let (least, most) = (edge.cost.values.min()!, edge.cost.values.max()!)
            #expect(least > 0)
            #expect(most > 1.05 * least)
            #expect(edge.cost.values.count == 90)
        }
    }

    @Test func seedsDecideTheTown() throws {
        let first = try CityEnergy.make(junctionCount: 20, cycleTime: 60, seed: 1)
        #expect(try CityEnergy.make(junctionCount: 20, cycleTime: 60, seed: 1) == first)
        #expect(try CityEnergy.make(junctionCount: 20, cycleTime: 60, seed: 2) != first)
    }
}
