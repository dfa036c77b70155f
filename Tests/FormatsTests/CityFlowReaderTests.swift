import Foundation
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite("CityFlow reader")
struct CityFlowReaderTests {
    static func read(_ crossroads: CityFlowCrossroads = .init()) throws -> CityFlowReader.Result {
        try crossroads.withFiles { try CityFlowReader.read(roadnet: $0, flow: $1) }
    }

    @Test("Links end at the stop lines and their lanes are counted from the kerb")
    func links() throws {
        let network = try Self.read().network
        let link = try #require(network.links.first { $0.id == "in0" })
        #expect(link.length == 180)
        #expect(link.lanes.map(\.id) == ["in0_0", "in0_1"])
        // CityFlow's lane 0, with 10 m/s, is the inner one.
        #expect(link.lanes.map(\.freeFlowSpeed) == [12.5, 10])
        let left = try #require(network.movements.first { $0.from == "in0" && $0.turn == .left })
        #expect(left.connections.map(\.from) == ["in0_1"])
    }

    @Test("Paths keep their length; through traffic keeps the lane's speed and turns are slower")
    func paths() throws {
        let network = try Self.read().network
        let through = try #require(network.movements.first { $0.id == "in0>out2" })
        let left = try #require(network.movements.first { $0.id == "in0>out3" })
        #expect(through.connections.map(\.length) == [40])
        #expect(through.connections.map(\.speed) == [12.5])
        #expect(left.turn == .left)
        #expect(left.connections.map(\.speed) == [30 / 3.6])
    }

    @Test("What crosses or merges conflicts, and right turns give way")
    func conflicts() throws {
        let network = try Self.read().network
        func movement(_ id: MovementID) throws -> Movement { try #require(network.movements.first { $0.id == id }) }
        let through = try movement("in0>out2")
        #expect(
            Set(through.foes) == ["in1>out3", "in3>out1", "in1>out0", "in2>out1", "in1>out2"])
        // That left turn ends on the lane beside the one that through traffic uses.
        #expect(!through.foes.contains("in3>out2"))
        let right = try movement("in1>out2")
        #expect(right.turn == .right)
        #expect(right.givesWayTo == ["in0>out2"])
        #expect(through.givesWayTo.isEmpty)
    }

    @Test("The list of light phases becomes the present program, with the phase between as the intergreen")
    func program() throws {
        let result = try Self.read()
        let junction = try #require(result.network.junctions.first)
        #expect(junction.signalGroups.count == 12)
        #expect(junction.signalCount == 12)
        #expect(junction.stages.count == 4)
        #expect(Set(junction.intergreens.map(\.seconds)) == [5])
        #expect(junction.permittedConflicts.allSatisfy { $0.yielding.text.hasSuffix(":right") })
        #expect(junction.programs.count == 1)
        let plan = try #require(junction.programs.first?.plan)
        #expect(plan.cycle == 105)
        func greens(_ group: SignalGroupID) -> [GreenInterval]? { plan.greens.first { $0.group == group }?.intervals }
        #expect(greens("in0:through") == [GreenInterval(start: 0, duration: 30)])
        #expect(greens("in0:left") == [GreenInterval(start: 35, duration: 15)])
        #expect(greens("in1:through") == [GreenInterval(start: 55, duration: 25)])
        #expect(greens("in0:right") == [GreenInterval(start: 0, duration: 105)])
    }

    @Test("Vehicles become trips; repeated ones are repeated")
    func trips() throws {
        let result = try Self.read()
        let demand = try #require(result.demand)
        #expect(demand.trips.map(\.start) == [0, 10, 30, 60, 90, 301])
        let expected = VehicleParameters(length: 5, minimumGap: 2.5, timeHeadway: 1.5, greatestSpeed: 20)
        #expect(result.network.vehicles == expected)
        #expect(result.losses.entries.map(\.what) == ["acceleration and braking of vehicles"])
    }

    @Test("Without a change between the phases one is built, and the report says so")
    func builtChange() throws {
        var crossroads = CityFlowCrossroads()
        crossroads.changePhases { $0.removeFirst() }
        let result = try Self.read(crossroads)
        #expect(result.network.junctions.first?.programs.first?.plan.cycle == 105)
        #expect(result.losses.entries.contains { $0.what.contains("3 s yellow and 2 s all-red were built") })
    }

    @Test("A light that never changes is no signal")
    func unsignalised() throws {
        var crossroads = CityFlowCrossroads()
        crossroads.changePhases { $0 = [["time": 30, "availableRoadLinks": Array(0..<12)]] }
        let network = try Self.read(crossroads).network
        #expect(network.junctions.isEmpty)
        #expect(network.nodes.first { $0.id == "centre" }?.control == .priority)
        #expect(network.movements.allSatisfy { $0.signalGroup == nil })
        let left = network.movements.first { $0.id == "in0>out3" }
        #expect(left?.givesWayTo.contains("in2>out0") == true)
    }

    @Test(
        "The Hangzhou district is read whole", .enabled(if: SharedData.isExpected, SharedData.absence))
    func hangzhou() throws {
        let folder = try SharedData.url("data/cityflow/hangzhou")
        let result = try CityFlowReader.read(
            roadnet: folder.path + "/roadnet_4_4.json", flow: folder.path + "/anon_4_4_hangzhou_real.json")
        let network = result.network
        #expect(network.junctions.count == 16)
        #expect(network.links.count == 80)
        #expect(network.movements.count == 16 * 12)
        #expect(network.junctions.allSatisfy { $0.signalCount == 36 && $0.stages.count == 8 })
        #expect(network.junctions.allSatisfy { $0.programs.map(\.plan.cycle) == [280] })
        #expect(result.demand?.trips.count == 2983)
        for movement in network.movements {
            let place = movement.connections.compactMap { $0.from.text.last }
            let expected: Character = movement.turn == .right ? "0" : movement.turn == .through ? "1" : "2"
            #expect(place.allSatisfy { $0 == expected })
        }
        let plan = Plan(
            network: network.name, name: "present", junctions: network.junctions.compactMap { $0.programs.first?.plan })
        #expect(SafetyGuard.violations(of: plan, in: network).isEmpty)
    }
}
