/// Where detectors must lie so that flows can be estimated from their counts.
public enum DetectorLayout {
    /// An entry detector on every lane for vehicles, and a stop-line detector on every lane that ends at a signal.
    ///
    /// Entry detectors count demand even where a queue never clears; stop-line detectors tell the turns apart.
    public static func standard(for network: Network) -> [Detector] {
        let signalised = Set(network.junctions.flatMap(\.nodes))
        var result: [Detector] = []
        for link in network.links {
            for lane in link.vehicleLanes {
                // Vehicles that begin their journey on the link appear a vehicle's length behind its start.
                let entry = lane.length > 30 ? 15 : max(min(6, lane.length / 2), lane.length / 4)
                result.append(
                    Detector(
                        id: DetectorID("\(lane.id)/entry"), lane: lane.id, position: rounded(entry), purpose: .entry))
                guard signalised.contains(link.to), lane.length >= 3 else { continue }
                result.append(
                    Detector(
                        id: DetectorID("\(lane.id)/stop"), lane: lane.id,
                        position: rounded(max(entry, lane.length - 1)), purpose: .stopLine))
            }
        }
        return result
    }

    private static func rounded(_ position: Double) -> Double { (position * 100).rounded(.down) / 100 }
}
