import SignalModel
import TestSupport

@testable import AdaptiveControl

/// Two one-way roads that meet at a signal: 5 s of intergreen, greens from 5 s, a vehicle every 2 s.
enum TwoRoads {
    static var network: Network {
        var network = SmallNetwork.network
        network.junctions[0].signalGroups.removeLast()
        network.junctions[0].signalGroups[0].greatestGreen = nil
        network.junctions[0].permittedConflicts = []
        network.junctions[0].stages[1].groups = ["side"]
        network.junctions[0].programs[0].plan.greens.removeLast()
        network.junctions[0].ringBarrier = nil
        for movement in network.movements.indices { network.movements[movement].givesWayTo = [] }
        return network
    }

    static func horizon(_ settings: AdaptiveSettings) throws -> RollingHorizon {
        let layout = try JunctionLayout("J", in: network)
        let table = try StageTable(network.junctions[0], layout: layout, choice: .ownStages)
        return RollingHorizon(layout: layout, table: table, settings: settings)
    }

    /// The lamps when the main road has been green for long.
    static func mainIsGreen(_ horizon: RollingHorizon) -> StageExecutor {
        var executor = StageExecutor(rules: horizon.layout.rules, time: -60)
        for time in -60..<0 { executor.advance(wanted: horizon.table.stages[0], at: time) }
        return executor
    }
}
