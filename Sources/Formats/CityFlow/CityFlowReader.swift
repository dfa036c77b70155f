import SignalModel

/// Reads CityFlow's road network and flow files (JSON) into a ``Network`` and the trips through it.
///
/// CityFlow numbers lanes from the middle of the road, greenband from the kerb: lane 0 of n becomes lane n − 1. Lanes are
/// named `ROAD_NUMBER` with the number from the kerb, as SUMO does. The list of light phases becomes the present program:
/// phases that give way to nothing but permanently allowed turns are the change between the others.
public enum CityFlowReader {
    /// A network with the trips through it and what was lost on the way.
    public struct Result: Sendable {
        /// The network, with detectors in the standard layout.
        public var network: Network
        /// The trips of the flow file; nil without one.
        public var demand: TripDemand?
        /// What was not carried over.
        public var losses: LossReport
    }

    /// Reads a road network and, where given, the flow file that goes with it.
    ///
    /// - Parameter name: What to call the network; without it, the name of the road network's file.
    /// - Throws: ``FormatError`` that names file and field.
    public static func read(
        roadnet path: String, flow: String? = nil, name: String? = nil
    ) throws(FormatError) -> Result {
        let roadnet = try CityFlowDocument.read(CityFlowDocument.Roadnet.self, from: path)
        let file = path.split(separator: "/").last?.split(separator: ".").first.map(String.init)
        var builder = CityFlowNetworkBuilder(file: path, roadnet: roadnet)
        var network = try builder.build(name: name ?? file ?? "network")
        var losses = builder.losses
        var demand: TripDemand?
        if let flow {
            let entries = try CityFlowDocument.read([CityFlowDocument.Entry].self, from: flow)
            let reader = CityFlowFlowReader(file: flow, network: network)
            demand = try reader.demand(of: entries)
            network.vehicles = try reader.vehicles(of: entries)
            if Set(entries.map(\.vehicle)).count > 1 {
                losses.note("differences between vehicles: the mean vehicle stands for all", flow)
            }
            losses.note("acceleration and braking of vehicles", flow)
        }
        return Result(network: network, demand: demand, losses: losses)
    }
}
