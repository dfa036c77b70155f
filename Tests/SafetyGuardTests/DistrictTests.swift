import Formats
import Foundation
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("The made-up district")
struct DistrictTests {
    private static let folder = ProjectFolder.network("district")

    private func network() throws -> Network {
        try JSONDocument.read(from: Self.folder.appending(path: "network.json").path(percentEncoded: false))
    }

    @Test("Its present programs keep all rules, and its rules leave no conflict open")
    func programsAreSafe() throws {
        let network = try network()
        #expect(network.junctions.count == 12)
        #expect(SafetyGuard.violations(of: try #require(network.presentPlan), in: network).map(\.description) == [])
    }

    @Test("It has what its notes promise")
    func features() throws {
        let network = try network()
        let groups = network.junctions.flatMap(\.signalGroups)
        let ringBarrier = try #require(network.junctions.first { $0.id == "J3" }?.ringBarrier)
        let lanesOfMovements = network.movements.flatMap { Set($0.connections.map(\.from)) }
        #expect(network.nodes.count { $0.control == .boundary } == 13)
        #expect(network.links.count == 62)
        #expect(network.movements.count == 140)
        #expect(groups.count { $0.kind == .pedestrian } == 26)
        #expect(ringBarrier.phases.map(\.number) == Array(1...8))
        #expect(Set(lanesOfMovements).count < lanesOfMovements.count)
        #expect(network.junctions.contains { !$0.permittedConflicts.isEmpty })
        #expect(
            network.detectors.sorted { $0.id < $1.id } == DetectorLayout.standard(for: network).sorted { $0.id < $1.id }
        )
    }

    @Test("Every stage of its programs is a set of groups that may be green together and occurs in the program")
    func stagesOccur() throws {
        for junction in try network().junctions {
            let rules = JunctionRules(junction)
            let served = Set(junction.stages.flatMap(\.groups))
            #expect(served == Set(junction.signalGroups.map(\.id)))
            for stage in junction.stages {
                let members = stage.groups.compactMap { rules.indexOfGroup[$0] }
                #expect(members.count == stage.groups.count)
                for first in members {
                    for second in members where first != second { #expect(!rules.areIncompatible(first, second)) }
                }
            }
        }
    }

    @Test("Its counts belong to its detectors, with the gap that its notes mention")
    func counts() throws {
        let network = try network()
        let path = Self.folder.appending(path: "counts.csv").path(percentEncoded: false)
        let counts = try CountsCSV.read(path, for: network)
        let missing = counts.readings.filter { $0.count == nil }
        #expect(counts.readings.count == 12 * network.detectors.count)
        #expect(missing.map(\.start) == [1200, 1500])
        #expect(Set(missing.map(\.detector)) == ["west_J1_1/stop"])
    }

    @Test("The present program of the ring-barrier controller is one of its phases, but for when people start to walk")
    func ringBarrierView() throws {
        var junction = try #require(try network().junctions.first { $0.ringBarrier != nil })
        var plan = try #require(junction.programs.first).plan
        let refusal = #expect(throws: RingBarrierMismatch.self) { try RingBarrierPlan(plan, at: junction) }
        let walks = junction.signalGroups.filter { $0.kind == .pedestrian }.map(\.id)
        junction.signalGroups.removeAll { walks.contains($0.id) }
        plan.greens.removeAll { walks.contains($0.group) }
        var structure = try #require(junction.ringBarrier)
        for phase in structure.phases.indices { structure.phases[phase].groups.removeAll(where: walks.contains) }
        junction.ringBarrier = structure
        let timing = try RingBarrierPlan(plan, at: junction)
        #expect(refusal?.description == "phase 2: the walk of group S:walk does not start with the green")
        #expect(timing.rings.map { $0.map { $0.map(\.split) } } == [[[15, 35], [14, 36]], [[17, 33], [18, 32]]])
        #expect(timing.rings.joined().joined().map(\.redClearance) == [3, 2, 3, 2, 3, 2, 3, 2])
    }
}
