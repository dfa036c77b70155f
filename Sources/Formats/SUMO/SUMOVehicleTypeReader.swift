import SignalModel

/// Reads what vehicles are like from the `<vType>` elements of a SUMO route file.
enum SUMOVehicleTypeReader {
    private struct VehicleType {
        var length = 5.0
        var gap = 2.5
        var headway = 1.0
        var greatestSpeed: Double?
    }

    /// The mean of the types, each weighted by the vehicles that are of it, or all alike where the file has no vehicle.
    ///
    /// The greatest speed is set only where every type is slower than the fastest lane.
    /// - Throws: ``FormatError`` that names line and attribute.
    static func read(_ path: String, network: Network) throws(FormatError) -> VehicleParameters {
        var types: [String: VehicleType] = [:]
        var uses: [String: Int] = [:]
        try XMLStream.read(path, root: ["routes", "additional"]) { tag, _ throws(FormatError) in
            switch tag.name {
            case "vType":
                let id = try tag.text("id")
                guard types.updateValue(try vehicleType(tag), forKey: id) == nil else {
                    throw tag.failure(.duplicate(id))
                }
            case "vehicle", "trip", "flow": uses[tag.attributes["type"] ?? "DEFAULT_VEHTYPE", default: 0] += 1
            default: break
            }
        }
        if uses.isEmpty { uses = types.mapValues { _ in 1 } }
        guard !uses.isEmpty else { return VehicleParameters() }
        let total = Double(uses.values.reduce(0, +))
        let fastestLane = network.links.map(\.freeFlowSpeed).max() ?? 0
        var mean = VehicleParameters(length: 0, minimumGap: 0, timeHeadway: 0)
        var greatest: Double? = 0
        for (name, count) in uses.sorted(by: { $0.key < $1.key }) {
            let type = types[name] ?? VehicleType()
            mean.length += Double(count) * type.length
            mean.minimumGap += Double(count) * type.gap
            mean.timeHeadway += Double(count) * type.headway
            greatest = greatest.flatMap { known in type.greatestSpeed.map { max(known, $0) } }
        }
        mean.length /= total
        mean.minimumGap /= total
        mean.timeHeadway /= total
        mean.greatestSpeed = greatest.flatMap { $0 < fastestLane ? $0 : nil }
        return mean
    }

    private static func vehicleType(_ tag: XMLStartTag) throws(FormatError) -> VehicleType {
        // A bus is longer than a passenger car (SUMO's default of its class: 12 m).
        let length = tag.attributes["vClass"] == "bus" ? 12.0 : 5
        return VehicleType(
            length: try tag.number("length", 0.1...100, default: length),
            gap: try tag.number("minGap", 0...50, default: 2.5),
            headway: try tag.number("tau", 0.1...10, default: 1),
            greatestSpeed: try tag.optionalNumber("maxSpeed", 0.1...200))
    }
}
