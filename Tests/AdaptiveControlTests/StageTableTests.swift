import SignalModel
import TestSupport
import Testing

@testable import AdaptiveControl

@Suite("The stages that the law may give")
struct StageTableTests {
    private static func table(_ network: Network) throws -> (stages: [GroupSet], layout: JunctionLayout) {
        let layout = try JunctionLayout("J", in: network)
        return (try StageTable(network.junctions[0], layout: layout, choice: .compatibleSets).stages, layout)
    }

    /// Groups that no stage serves.
    private static func missing(_ stages: [GroupSet], _ layout: JunctionLayout) -> [Int] {
        (0..<layout.rules.groupCount).filter { group in !stages.contains { $0.contains(group) } }
    }

    @Test("Where roads have one lane each, none is served in part")
    func sharedLanes() throws {
        let network = OneLaneCrossroads.network
        let (stages, layout) = try Self.table(network)
        let sets = JunctionRules(network.junctions[0]).maximalCompatibleSets().map { GroupSet($0) }
        #expect(layout.sharedLanes.count == 4)
        #expect(sets.count { set in layout.sharedLanes.contains { set.divides($0) } } >= 4)
        #expect(!stages.contains { stage in layout.sharedLanes.contains { stage.divides($0) } })
        #expect(Self.missing(stages, layout).isEmpty)
    }

    @Test("Without a program lanes are served in part rather than some group not at all")
    func noProgram() throws {
        var network = OneLaneCrossroads.network
        network.junctions[0].programs = []
        let (stages, layout) = try Self.table(network)
        #expect(stages.contains { stage in layout.sharedLanes.contains { stage.divides($0) } })
        #expect(Self.missing(stages, layout).isEmpty)
    }

    @Test("Without a program every group of any junction is served")
    func anyJunction() throws {
        for seed in 0..<200 {
            var network = JunctionGenerator.junction(seed: UInt64(seed))
            network.junctions[0].programs = []
            let (stages, layout) = try Self.table(network)
            #expect(Self.missing(stages, layout).isEmpty, "junction \(seed)")
        }
    }
}
