import SignalModel

/// Reads what vehicles are like from the `<vType>` elements of a SUMO route file.
enum SUMOVehicleTypeReader {
    /// The mean of the types, each weighted by the vehicles that are of it.
    static func read(_ path: String, network: Network) throws(FormatError) -> VehicleParameters {
        struct VehicleType {
            var length = 5.0
            var gap = 2.5
            var headway = 1.0
            var greatestSpeed: Double?
        }
        var types: [String: VehicleType] = [:]
        var uses: [String: Int] = [:]
        try XMLStream.read(path, root: ["routes", "additional"]) { tag, _ throws(FormatError) in
            switch tag.name {
            case "vType":
                // A bus is longer than a passenger car (SUMO's defaults of its class: 12 m).
                let isBus = tag.attributes["vClass"] == "bus"
                types[try tag.text("id")] = VehicleType(
                    length: try tag.number("length", 0.1...100, default: isBus ? 12 : 5),
                    gap: try tag.number("minGap", 0...50, default: 2.5),
                    headway: try tag.number("tau", 0.1...10, default: 1),
                    greatestSpeed: tag.attributes["maxSpeed"] == nil ? nil : try tag.number("maxSpeed", 0.1...200))
            case "vehicle", "trip", "flow":
                uses[tag.attributes["type"] ?? "DEFAULT_VEHTYPE", default: 0] += 1
            default: break
            }
        }
        var mean = VehicleParameters(length: 0, minimumGap: 0, timeHeadway: 0)
        var slowest: Double?
        var everyTypeIsLimited = true
        let total = Double(max(1, uses.values.reduce(0, +)))
        for (name, count) in uses.sorted(by: { $0.key < $1.key }) {
            let type = types[name] ?? VehicleType()
            let share = Double(count) / total
            mean.length += share * type.length
            mean.minimumGap += share * type.gap
            mean.timeHeadway += share * type.headway
            if let speed = type.greatestSpeed { slowest = max(slowest ?? 0, speed) } else { everyTypeIsLimited = false }
        }
        guard !uses.isEmpty else { return VehicleParameters() }
        mean.greatestSpeed = everyTypeIsLimited ? slowest : nil
        return mean
    }
}
