import Formats
import SignalModel

/// The crossings whose lamps SUMO tells of, and how long people waited at them.
///
/// Where nobody walks in SUMO, its lamps still say what people who come evenly would have waited, under any control.
struct CrossingLamps: Sendable {
    private struct Place {
        var key: PedestrianWaits.Key
        var signals: [Int]
    }

    private let places: [JunctionID: [Place]]

    init(_ network: Network) {
        var places: [JunctionID: [Place]] = [:]
        for junction in network.withSignalNumbers().junctions {
            let own = junction.signalGroups.compactMap { group -> Place? in
                guard let signals = group.crossing?.signalIndices, !signals.isEmpty else { return nil }
                return Place(key: .init(junction: junction.id, group: group.id), signals: signals)
            }
            if !own.isEmpty { places[junction.id] = own }
        }
        self.places = places
    }

    /// Junctions with crossings.
    var junctions: [JunctionID] { places.keys.sorted() }

    /// What the crossings showed from the begin to the end of a window, by the file that SUMO wrote.
    ///
    /// Who waits at the end counts until then.
    func read(_ path: String, begin: Double, end: Double) throws(FormatError) -> [PedestrianWaits.Key: PedestrianWaits
        .Lamps]
    {
        var since: [PedestrianWaits.Key: Double] = [:]
        var reds: [PedestrianWaits.Key: [Double]] = [:]
        for place in places.values.joined() { (since[place.key], reds[place.key]) = (begin, []) }
        try SUMOLampStates.read(path) { time, junction, letters in
            for place in places[junction] ?? [] {
                let isGreen = place.signals.contains { letters.indices.contains($0) && "Gg".contains(letters[$0]) }
                if !isGreen {
                    since[place.key] = since[place.key] ?? time
                } else if let red = since.removeValue(forKey: place.key) {
                    reds[place.key]?.append(time - red)
                }
            }
        }
        for (key, red) in since { reds[key]?.append(end - red) }
        return reds.mapValues { .init(period: end - begin, reds: $0.filter { $0 > 0 }) }
    }
}
