import PerformanceModel
import SignalModel

/// Who comes to a signal group.
struct GroupDemand {
    /// Vehicles or people, per second.
    var flow: Double
    /// Flow over saturation flow of the most loaded lane; 0 for people.
    var ratio: Double

    /// Demand of all groups of a junction, the mean of the analysis period.
    static func all(at junction: Int, of model: NetworkModel) -> [GroupDemand] {
        let place = model.network.junctions[junction]
        let rules = model.rules[junction]
        let nodes = Set(place.nodes)
        var result = rules.groups.map { _ in GroupDemand(flow: 0, ratio: 0) }
        let flows = Dictionary(
            model.flows.movements.map { ($0.movement, $0.flowPerHour) }, uniquingKeysWith: { first, _ in first })
        for movement in model.network.movements where nodes.contains(movement.node) {
            guard let group = movement.signalGroup.flatMap({ rules.indexOfGroup[$0] }),
                let flow = flows[movement.id]
            else { continue }
            result[group].flow += mean(flow) / 3600
        }
        for crossing in model.flows.crossings where crossing.junction == place.id {
            if let group = rules.indexOfGroup[crossing.group] {
                result[group].flow += mean(crossing.flowPerHour) / 3600
            }
        }
        for load in model.laneLoads(at: junction) {
            for group in load.groups { result[group].ratio = max(result[group].ratio, load.flowRatio) }
        }
        return result
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
}
