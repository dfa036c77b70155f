import SignalModel

/// Reads what vehicles are like from the `<vType>` elements of a SUMO route file.
struct SUMOVehicleTypeReader {
    private struct VehicleType {
        var length = 5.0
        var gap = 2.5
        var headway = 1.0
        var greatestSpeed: Double?
        /// Weight in the distributions that give no other.
        var probability = 1.0
    }

    /// Types that vehicles are drawn from.
    private struct Distribution {
        var types: [String]
        /// Weight of each type; nil where it is the type's own.
        var probabilities: [Double]?
    }

    /// What vehicles are like, with what could not be read of it.
    struct Result {
        var vehicles: VehicleParameters
        var losses: LossReport
    }

    /// The type of vehicles that name none.
    private static let usual = "DEFAULT_VEHTYPE"

    private var types: [String: VehicleType] = [:]
    private var distributions: [String: Distribution] = [:]
    /// The distribution whose element is open, or was last.
    private var last = ""
    /// Vehicles by the name of their type or distribution.
    private var uses: [String: Double] = [:]
    private var losses = LossReport()

    /// The mean of the types, each weighted by the vehicles that are of it, or all alike where the file has no vehicle.
    ///
    /// A flow weighs as many vehicles as it sends, a distribution of types shares its vehicles out by their probabilities.
    /// The greatest speed is set only where every type is slower than the fastest lane.
    /// - Throws: ``FormatError`` that names line and attribute.
    static func read(_ path: String, network: Network) throws(FormatError) -> Result {
        var reader = SUMOVehicleTypeReader()
        try XMLStream.read(path, root: ["routes", "additional"]) { tag, around throws(FormatError) in
            switch tag.name {
            case "vType": try reader.readType(tag, isInDistribution: around.last == "vTypeDistribution")
            case "vTypeDistribution": try reader.readDistribution(tag)
            case "vehicle", "trip": reader.use(tag, vehicles: 1)
            case "flow": reader.use(tag, vehicles: try SUMOFlowSize.vehicles(of: tag))
            default: break
            }
        }
        let fastestLane = network.links.map(\.freeFlowSpeed).max() ?? 0
        let vehicles = reader.mean(fastestLane: fastestLane)
        return Result(vehicles: vehicles, losses: reader.losses)
    }

    private mutating func readType(_ tag: XMLStartTag, isInDistribution: Bool) throws(FormatError) {
        let id = try tag.text("id")
        guard types.updateValue(try Self.vehicleType(tag), forKey: id) == nil, distributions[id] == nil else {
            throw tag.failure(.duplicate(id))
        }
        if isInDistribution { distributions[last]?.types.append(id) }
    }

    private mutating func readDistribution(_ tag: XMLStartTag) throws(FormatError) {
        let id = try tag.text("id")
        let members = tag.words("vTypes")
        var distribution = Distribution(types: members)
        if tag.attributes["probabilities"] != nil {
            let words = tag.words("probabilities")
            let numbers = words.compactMap(Double.init).filter { $0 >= 0 && $0.isFinite }
            guard numbers.count == words.count, numbers.count == members.count else {
                throw tag.failure(
                    .unexpected(
                        expected: "a number of 0 or more for each of \(members.count.counted("type"))",
                        found: FormatError.quoted(words.joined(separator: " "))), attribute: "probabilities")
            }
            distribution.probabilities = numbers
        }
        guard types[id] == nil, distributions.updateValue(distribution, forKey: id) == nil else {
            throw tag.failure(.duplicate(id))
        }
        last = id
    }

    private mutating func use(_ tag: XMLStartTag, vehicles: Double) {
        uses[tag.attributes["type"] ?? Self.usual, default: 0] += vehicles
    }

    /// Vehicles by the type that they are of, distributions shared out.
    private mutating func vehiclesByType() -> [String: Double] {
        var result: [String: Double] = [:]
        for (name, vehicles) in uses.sorted(by: { $0.key < $1.key }) {
            let members = distributions[name].map(shares) ?? [(name, 1)]
            for (type, share) in members {
                let isKnown = types[type] != nil || type == Self.usual
                if !isKnown { losses.note("vehicle type that the file does not have, read as a passenger car", type) }
                result[type, default: 0] += vehicles * share
            }
        }
        return result
    }

    /// The types of a distribution with the share of each; none where all weigh nothing.
    private func shares(of distribution: Distribution) -> [(type: String, share: Double)] {
        let listed = distribution.probabilities ?? []
        let weights = distribution.types.enumerated().map { position, type in
            position < listed.count ? listed[position] : types[type]?.probability ?? 1
        }
        let sum = weights.reduce(0, +)
        return sum > 0 ? zip(distribution.types, weights).map { ($0, $1 / sum) } : []
    }

    private mutating func mean(fastestLane: Double) -> VehicleParameters {
        let weights = uses.isEmpty ? types.mapValues { _ in 1.0 } : vehiclesByType()
        let total = weights.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
        guard total > 0 else { return VehicleParameters() }
        var mean = VehicleParameters(length: 0, minimumGap: 0, timeHeadway: 0)
        var greatest: Double? = 0
        for (name, weight) in weights.sorted(by: { $0.key < $1.key }) where weight > 0 {
            let type = types[name] ?? VehicleType()
            mean.length += weight * type.length
            mean.minimumGap += weight * type.gap
            mean.timeHeadway += weight * type.headway
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
            greatestSpeed: try tag.optionalNumber("maxSpeed", 0.1...200),
            probability: try tag.number("probability", 0...1e9, default: 1))
    }
}
