import ArgumentParser
import FlowEstimation
import Formats
import PlanPages
import SafetyGuard
import SignalModel

/// Reads a network and sees that it is sound.
func readNetwork(_ path: String) throws(FormatError) -> Network {
    try JSONDocument.read(Network.self, from: path)
}

/// Reads a sound network that has signals to plan for.
func readSignalisedNetwork(_ path: String) throws(FormatError) -> Network {
    let network = try readNetwork(path)
    guard !network.junctions.isEmpty else {
        throw FormatError(
            file: path, location: .field("junctions"),
            fault: .unexpected(expected: "at least one junction with signals", found: "none"))
    }
    return network
}

/// Reads a plan and sees that it is for the network.
func readPlan(_ path: String, for network: Network) throws(FormatError) -> Plan {
    let plan = try JSONDocument.read(Plan.self, from: path, for: network)
    try checkName(of: plan, file: path, for: network)
    return plan
}

/// Sees that a plan names the network.
func checkName(of plan: Plan, file path: String, for network: Network) throws(FormatError) {
    guard plan.network == network.name else {
        throw FormatError(
            file: path, location: .field("network"),
            fault: .unexpected(expected: "\"\(network.name)\", the name of the network", found: "\"\(plan.network)\""))
    }
}

/// Demand from a flows document or estimated from counts.
///
/// - Throws: ``ValidationError`` where the command line names neither; ``FormatError``.
func readFlows(_ demand: DemandOptions, for network: Network) throws -> Flows {
    try readDemand(demand, for: network).flows
}

/// Demand from a flows document, or estimated from counts and then with the health of the detectors.
///
/// - Throws: ``ValidationError`` where the command line names neither; ``FormatError``.
func readDemand(_ demand: DemandOptions, for network: Network) throws -> KnownDemand {
    if let path = demand.flows {
        let flows = try JSONDocument.read(Flows.self, from: path, for: network)
        return try KnownDemand(flows: checkedPeriod(of: flows, file: path), detectors: nil)
    }
    guard let path = demand.counts else { throw ValidationError("give either --counts or --flows") }
    let estimate = try estimateFlows(counts: path, settings: demand.settings, network: network)
    return try KnownDemand(
        flows: checkedPeriod(of: estimate.flows, file: path),
        detectors: DetectorHealthReport(estimate, network: network), remarks: estimate.remarks(on: network))
}

/// Flows over a period that can be followed second by second.
private func checkedPeriod(of flows: Flows, file: String) throws(FormatError) -> Flows {
    let longest = 86400.0
    guard flows.intervalCount > 0, flows.intervalLength >= 1, flows.duration <= longest else {
        throw FormatError(
            file: file,
            fault: .unexpected(
                expected: "an analysis period of whole intervals of 1 s and more, at most \(longest) s in all",
                found: "\(flows.intervalCount) of \(flows.intervalLength) s"))
    }
    return flows
}

/// Flows estimated from a file of counts.
func estimateFlows(
    counts path: String, settings: FlowEstimationSettings, network: Network
) throws(FormatError) -> FlowEstimate {
    let counts = try readCounts(path)
    let known = Set(network.detectors.filter(\.purpose.isCounting).map(\.id))
    if let first = counts.readings.first, !counts.readings.contains(where: { known.contains($0.detector) }) {
        // One of them, where all are strange.
        throw FormatError(file: path, fault: .unknownReference(kind: "detector", name: first.detector.text))
    }
    let estimate: FlowEstimate
    do {
        estimate = try FlowEstimator.estimate(network: network, counts: counts, settings: settings)
    } catch .noKnownDetector {
        throw FormatError(
            file: path, fault: .unexpected(expected: "a usable count of a detector of the network", found: "none"))
    } catch {
        throw FormatError(file: path, fault: .unreadable(error.description))
    }
    guard known.count > estimate.faults.count else {
        throw FormatError(
            file: path,
            fault: .unexpected(
                expected: "a sound detector in the analysis period",
                found: "all \(known.count) left out: \(estimate.faultNumbers)"))
    }
    return estimate
}

/// Reads counts, as CSV or as a JSON document, plain or compressed by gzip.
func readCounts(_ path: String) throws(FormatError) -> Counts {
    let isDocument = path.hasSuffix(".json") || path.hasSuffix(".json.gz")
    return isDocument ? try JSONDocument.read(Counts.self, from: path) : try CountsCSV.read(path)
}

/// Runs a body whose errors speak of a value by its name, and has them name the file that the value came from.
func naming<Result>(_ path: String, _ body: () throws(FormatError) -> Result) throws(FormatError) -> Result {
    do {
        return try body()
    } catch {
        var error = error
        error.file = path
        throw error
    }
}
