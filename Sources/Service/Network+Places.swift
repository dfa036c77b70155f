import SignalModel

extension Network {
    /// Where each junction is: the middle of its nodes.
    var junctionPlaces: [Point] {
        let places = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0.position) })
        return junctions.map { junction in
            let own = junction.nodes.compactMap { places[$0] }
            let count = Double(max(1, own.count))
            return Point(x: own.reduce(0) { $0 + $1.x } / count, y: own.reduce(0) { $0 + $1.y } / count)
        }
    }
}
