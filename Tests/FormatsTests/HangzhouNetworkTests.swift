import Foundation
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite("Networks/hangzhou")
struct HangzhouNetworkTests {
    static let folder = ProjectFolder.network("hangzhou").path

    static func network() throws(FormatError) -> Network {
        try JSONDocument.read(Network.self, from: folder + "/network.json")
    }

    @Test("Every detector has a count for each of twelve intervals, and the network knows them all")
    func counts() throws {
        let network = try Self.network()
        let counts = try CountsCSV.read(Self.folder + "/counts.csv", for: network)
        #expect(counts.readings.count == network.detectors.count * 12)
        #expect(counts.readings.allSatisfy { $0.length == 300 && $0.count != nil && $0.start < 3600 })
    }

    @Test("The present programs break no rule")
    func programs() throws {
        let network = try Self.network()
        let plan = Plan(
            network: network.name, name: "present", junctions: network.junctions.compactMap { $0.programs.first?.plan })
        #expect(plan.junctions.count == 16)
        #expect(SafetyGuard.violations(of: plan, in: network).isEmpty)
    }

    @Test(
        "Network and counts are what the reader makes of the measured vehicles",
        .enabled(if: SharedData.isExpected, SharedData.absence))
    func provenance() throws {
        let source = try SharedData.url("data/cityflow/hangzhou").path
        let result = try CityFlowReader.read(
            roadnet: source + "/roadnet_4_4.json", flow: source + "/anon_4_4_hangzhou_real.json", name: "hangzhou")
        let network = try Self.network()
        let counts = try CountsCSV.read(Self.folder + "/counts.csv")
        let isSameNetwork = network == result.network
        let isSameCounts = counts == result.demand?.counts(in: result.network)
        #expect(isSameNetwork)
        #expect(isSameCounts)
    }
}
