import FlowEstimation
import Formats
import SafetyGuard
import SignalModel

/// Reads a network and sees that it is sound.
func readNetwork(_ path: String) throws(FormatError) -> Network {
    try JSONDocument.read(Network.self, from: path)
}

/// Reads a plan and sees that it is for the network.
func readPlan(_ path: String, for network: Network) throws(FormatError) -> Plan {
    try JSONDocument.read(Plan.self, from: path, for: network)
}

/// Demand from a flows document or estimated from counts; exactly one of the paths is given.
func readFlows(flows: String?, counts: String?, settings: FlowEstimationSettings, network: Network) throws -> Flows {
    if let flows { return try JSONDocument.read(Flows.self, from: flows, for: network) }
    return try FlowEstimator.estimate(network: network, counts: readCounts(counts!), settings: settings).flows
}

/// Reads counts, as CSV or as a JSON document.
func readCounts(_ path: String) throws(FormatError) -> Counts {
    path.hasSuffix(".json") ? try JSONDocument.read(Counts.self, from: path) : try CountsCSV.read(path)
}
