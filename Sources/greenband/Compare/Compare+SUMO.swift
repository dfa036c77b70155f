import Comparison
import Formats
import Foundation
import Reports
import SignalModel
import Simulators

extension Compare {
    /// A route file for what needs one itself, such as SUMO's own tools.
    private func countedDay(_ flows: Flows, _ network: Network, in folder: String) throws -> String {
        try OutputFolder.make(folder)
        let file = folder + "/routes.xml"
        let text = try naming(demand.path ?? "flows") { () throws(FormatError) in
            try SUMODemand.asCounted(flows, in: network, seed: 0)
        }
        try AtomicFile.write(text, to: file)
        return file
    }

    /// The comparison in SUMO.
    func inSUMO(_ network: Network, _ maker: PlanMaker) async throws -> PlanComparison {
        let installation = try await SUMOInstallation.find(home: sumoHome)
        let temporary = FileManager.default.temporaryDirectory.path + "/greenband-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        var scenario = SUMOScenario(
            net: net!, routes: try routes ?? countedDay(maker.flows!, network, in: temporary), begin: demand.begin!,
            end: demand.end!)
        let kind = demandKind ?? (routes == nil ? .counted : .given)
        let vehicles: SUMODemand =
            switch kind {
            case .drawn: .redrawn(.day)
            case .redrawn: .redrawn(.departures)
            case .counted: .counted(maker.flows!)
            case .given: .given
            }
        var setting = self.setting(
            simulator: "SUMO \(installation.version)", begin: scenario.begin, end: scenario.end, demand: kind)
        setting["build"] = ProgramBuild.running
        let place = try ComparisonFolder(
            folder ?? temporary + "/comparison", setting: setting, inputs: inputs(routes: scenario.routes))
        scenario.net = place.input("net")!
        scenario.routes = place.input("routes")!
        let contest = SUMOContest(
            runner: SUMORunner(
                installation: installation, scenario: scenario, network: network, flows: maker.flows),
            folder: place,
            maker: maker, plans: plans, reference: referenceLabel, seeds: seedNumbers, scales: scales, demand: vehicles,
            jobs: jobs)
        let contested = try await contest.run()
        let result = PlanComparison(
            setting: PlanComparison.Setting(
                network: network.name, simulator: "SUMO \(installation.version)", begin: scenario.begin,
                end: scenario.end, demand: vehicles.description, definition: SUMOScenario.definition,
                seeds: seedNumbers),
            plans: contested.entries, absent: contested.absent, reference: referenceLabel, scales: scales,
            runs: contested.runs)
        if folder != nil { try keep(result, network, in: place) }
        return result
    }
}
