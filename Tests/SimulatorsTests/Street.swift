import Foundation
import Formats
import SignalModel
import Simulators
import TestSupport
import Testing

/// A real network with an hour of traffic, as SUMO's files, cut to its first minutes.
struct Street {
    let network: Network
    let scenario: SUMOScenario

    /// - Parameter minutes: Length of the window.
    init(_ name: String, begin: Double, minutes: Double) throws {
        let net = try SharedData.url("data/sumo/\(name)/\(name).net.xml").path
        let routes = try SharedData.url("data/sumo/\(name)/\(name).rou.xml").path
        network = try SUMONetworkReader.read(network: net, vehicleTypes: routes).network
        scenario = SUMOScenario(net: net, routes: routes, begin: begin, end: begin + 60 * minutes)
    }

    static func ingolstadt() throws -> Street { try Street("ingolstadt1", begin: 57600, minutes: 10) }

    func runner() async throws -> SUMORunner {
        SUMORunner(installation: try await SUMOInstallation.find(), scenario: scenario, network: network)
    }

    /// Makes SUMO's network of one of ours in a folder; returns its path.
    static func exported(_ network: Network, to folder: String) throws -> String {
        try SUMOPlainWriter.files(for: network, name: "street").write(to: folder, name: "street")
        let made = try SUMOProgram.run(
            ["-c", "street.netccfg"], program: "netconvert", in: URL(fileURLWithPath: folder))
        try #require(made.status == 0, "\(made.output)")
        return folder + "/street.net.xml"
    }

    /// Whether tests that need the street and the simulator are to run.
    static var isExpected: Bool { SharedData.isExpected && SUMOProgram.isExpected }
    static let absence: Comment = "../shared or SUMO is not there: the test is skipped"
}

/// A folder for the length of a body.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/greenband-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}
