/// What plans are compared in.
public enum Measure: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    case delay, delay95, greatestDelay, stops, worstQueue, worstMovement, pedestrianWait, pedestrianWait95, throughput
    case unserved
    case carbonDioxide, delayOfRESCO

    /// What people call it, with its unit.
    public var title: String {
        switch self {
        case .delay: "total delay, s per vehicle scheduled"
        case .delay95: "total delay, 95th percentile, s"
        case .greatestDelay: "total delay of the worst-off vehicle, s"
        case .stops: "stops per vehicle scheduled"
        case .worstQueue: "longest queue over its storage, fullest lane"
        case .worstMovement: "delay of the worst-off movement, s per vehicle"
        case .pedestrianWait: "wait of people on foot for green, mean, s"
        case .pedestrianWait95: "wait of people on foot for green, 95th percentile, s"
        case .throughput: "vehicles arrived per hour"
        case .unserved: "vehicles unfinished or never inserted"
        case .carbonDioxide: "carbon dioxide, g per vehicle scheduled"
        case .delayOfRESCO: "delay as RESCO counts it, s"
        }
    }

    /// Whether a lower value is a better one.
    public var lowerIsBetter: Bool { self != .throughput }

    /// Decimals that a table shows.
    public var decimals: Int {
        switch self {
        case .stops, .worstQueue: 2
        case .throughput, .unserved, .carbonDioxide: 0
        default: 1
        }
    }

    /// The value of a run; nil where the run does not give it.
    public func value(of run: RunFigures) -> Double? {
        switch self {
        case .delay: run.delay
        case .delay95: run.delayPercentile95
        case .greatestDelay: run.greatestDelay
        case .stops: run.stops
        case .worstQueue: run.worstQueue?.shareOfStorage ?? 0
        case .worstMovement: run.worstMovement?.delay
        case .pedestrianWait: run.waiting?.mean
        case .pedestrianWait95: run.waiting?.percentile95
        case .throughput: run.throughputPerHour
        case .unserved:
            if let unfinished = run.unfinished, let outside = run.neverInserted { unfinished + outside } else { nil }
        case .carbonDioxide: run.carbonDioxide
        case .delayOfRESCO: run.delayOfRESCO
        }
    }
}
