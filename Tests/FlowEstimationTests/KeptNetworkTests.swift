import FlowEstimation
import Formats
import Foundation
import SignalModel
import TestSupport
import Testing

@Suite("Estimates on the networks kept in the package")
struct KeptNetworkTests {
    private static func read(_ name: String) throws -> (network: Network, counts: Counts) {
        let folder = ProjectFolder.network(name).path
        let network = try JSONDocument.read(Network.self, from: folder + "/network.json")
        return (network, try CountsCSV.read(folder + "/counts.csv", for: network))
    }

    @Test("No good detector of Hangzhou or the district is accused", arguments: ["hangzhou", "district"])
    func noFaults(name: String) throws {
        let (network, counts) = try Self.read(name)
        let estimate = try FlowEstimator.estimate(network: network, counts: counts)
        #expect(estimate.faults.isEmpty, "\(estimate.faults)")
    }

    @Test("In the district the flows of the movements add up to the stop-line counts")
    func district() throws {
        let (network, counts) = try Self.read("district")
        let flows = try FlowEstimator.estimate(network: network, counts: counts).flows
        let purpose = Dictionary(uniqueKeysWithValues: network.detectors.map { ($0.id, $0.purpose) })
        let signalised = Set(network.junctions.flatMap(\.nodes))
        let counted = counts.readings.filter { purpose[$0.detector] == .stopLine }.reduce(0) { $0 + ($1.count ?? 0) }
        let ruled = network.movements.filter { signalised.contains($0.node) }.reduce(0) {
            $0 + (flows.totals[$1.id] ?? 0)
        }
        #expect(abs(ruled - counted) < 0.02 * counted, "\(ruled) veh for \(counted)")
    }

    @Test("The district's detector that is silent for ten minutes widens the errors there")
    func districtGap() throws {
        let (network, counts) = try Self.read("district")
        let flows = try FlowEstimator.estimate(network: network, counts: counts).flows
        var filled = counts
        for number in filled.readings.indices where filled.readings[number].count == nil {
            filled.readings[number].count = 25
        }
        let complete = try FlowEstimator.estimate(network: network, counts: filled).flows
        let errors = [flows, complete].map { flows in
            let own = network.movements.filter { $0.connections.contains { $0.from == "west_J1_1" } }.map(\.id)
            return flows.movements.filter { own.contains($0.movement) }.reduce(0) { $0 + $1.standardErrorPerHour[5] }
        }
        #expect(counts.readings.contains { $0.count == nil })
        #expect(errors[0] > errors[1])
    }

    @Test(
        "In Hangzhou, where every vehicle is known, the movements are estimated within 2 %",
        .enabled(if: SharedData.isExpected, SharedData.absence))
    func hangzhou() throws {
        let source = try SharedData.url("data/cityflow/hangzhou").path
        let result = try CityFlowReader.read(
            roadnet: source + "/roadnet_4_4.json", flow: source + "/anon_4_4_hangzhou_real.json", name: "hangzhou")
        let truth = try #require(result.demand).flows(in: result.network)
        let (network, counts) = try Self.read("hangzhou")
        let error = try FlowEstimator.estimate(network: network, counts: counts).flows.weightedError(against: truth)
        #expect(error < 0.02, "\(error)")
    }
}
