import FlowEstimation
import SignalModel

extension FlowEstimate {
    /// What there is to say of the counts, in lines for people; none where all was taken and nothing added.
    func remarks(on network: Network) -> [String] {
        let all = network.detectors.count(where: \.purpose.isCounting)
        let detectors = faults.isEmpty ? [] : ["\(faults.count) of \(all) detectors left out: \(faultNumbers)"]
        return detectors + remarksOnCounts
    }

    /// What there is to say of the counts that is no fault of the network's detectors.
    var remarksOnCounts: [String] {
        var lines: [String] = []
        if !unknownDetectors.isEmpty {
            let names = unknownDetectors.prefix(Self.exampleCount).map { Problem.quoted($0.text) }
            let more = unknownDetectors.count > names.count ? ", …" : ""
            let number = unknownDetectors.count.counted("detector")
            lines.append(
                "\(number) of the counts left out, none of those that the network counts with: "
                    + names.joined(separator: ", ") + more)
        }
        if rest > 0 {
            let length = Problem.plain(flows.intervalLength)
            lines.append("the last \(Problem.plain(rest)) s left out: no whole interval of \(length) s")
        }
        for demand in unseen {
            let lane = "lane \(Problem.quoted(demand.lane.text)): a queue stands over its entry"
            lines.append(
                demand.vehicles.map { vehicles in
                    "\(lane) from \(Problem.plain(demand.start)) s to the end; "
                        + "\(Int(vehicles.rounded()).counted("vehicle")) taken to wait outside, by the rate before it"
                } ?? "\(lane) from the start to the end: more may wait outside, and nothing tells how many")
        }
        return lines
    }

    /// Most names that stand for all.
    private static let exampleCount = 5

    /// Faults with the number of detectors that have them, the commonest first.
    var faultNumbers: String {
        let numbers = Dictionary(faults.map { ($0.fault, 1) }, uniquingKeysWith: +)
        return numbers.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
    }
}
