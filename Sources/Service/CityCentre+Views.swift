import Centre
import CentreStore
import ControllerLink
import SignalModel

/// How the centre does.
public struct HealthView: Codable, Sendable {
    /// `ok`, or `degraded` where something needs a look.
    public var status: String
    /// The centre's time, s of network time.
    public var time: Double
    /// How long it has run, s.
    public var uptime: Double
    /// Controllers there are, and those that are connected and heard.
    public var junctions, connected: Int
    /// Controllers by what they run; those not connected count as `unknown`.
    public var running: [String: Int]
    /// Controllers on a lease whose plan should follow demand, and whose demand is not measured.
    public var degraded: Int
    /// Detectors there are, and those that are sound.
    public var detectors, soundDetectors: Int
    /// Why the store takes nothing; absent where it does.
    public var storeFailure: String?
}

/// What is known of one controller.
public struct JunctionView: Codable, Sendable {
    /// Junction.
    public var junction: JunctionID
    /// Where it is, m east and north of the network's origin.
    public var x, y: Double
    /// District that it belongs to.
    public var district: String
    /// Whether its controller is connected, and has said something within the last seconds.
    public var isConnected: Bool
    /// When it was last heard of, s of network time.
    public var lastHeard: Double?
    /// What it runs.
    public var running: RunningContent?
    /// Its lease.
    public var lease: Int?
    /// When its last lease lapses, s of network time.
    public var leaseExpires: Double?
    /// Why it refused its last lease.
    public var refusal: String?
    /// Aspects by signal group.
    public var aspects: [String: LampAspect]
    /// What it is to run.
    public var plan: JunctionPlan?
    /// Where that comes from.
    public var origin: LeaseBook.Origin?
    /// Whether a person has ordered the fallback programme.
    public var isForcedToFallback: Bool
    /// What the demand there rests on.
    public var demandBasis: DemandBasis
    /// Whether it is on a lease, its plan should follow demand, and the demand there is not measured.
    public var isDegraded: Bool
}

/// What is known of one detector.
public struct DetectorView: Codable, Sendable {
    /// Detector.
    public var detector: DetectorID
    /// Junction that it counts for.
    public var junction: JunctionID?
    /// `sound`, `silent`, or the fault that was found.
    public var condition: String
    /// When it was last heard of, s of network time.
    public var lastHeard: Double?
    /// What was turned away of it.
    public var turnedAway: CountWindow.Tally
}

/// What is known of one district.
public struct DistrictView: Codable, Sendable {
    /// Name.
    public var name: String
    /// Its junctions.
    public var junctions: [JunctionID]
    /// Whether it keeps its plan by order.
    public var isHeld: Bool
    /// The proposal that waits for an engineer.
    public var proposal: Int?
}

extension CityCentre {
    /// How the centre does.
    public func health() async -> HealthView {
        let sound = network.detectors.count - unsoundDetectors.count
        let failure = await writer.failure
        let connected = boards.count(where: \.isReachable)
        let isWell = failure == nil && connected == boards.count && sound == network.detectors.count
        return HealthView(
            status: isWell ? "ok" : "degraded", time: now, uptime: max(0, now - started), junctions: boards.count,
            connected: connected, running: running, degraded: boards.indices.count(where: isDegraded),
            detectors: network.detectors.count, soundDetectors: sound,
            storeFailure: failure)
    }

    /// What is known of all controllers, in the network's order.
    public func junctions() -> [JunctionView] { network.junctions.indices.map(view) }

    /// What is known of one controller.
    ///
    /// - Throws: ``CentreError/notFound(_:)``.
    public func junction(_ id: JunctionID) throws -> JunctionView {
        guard let junction = indexOfJunction[id] else {
            throw CentreError.notFound("junction \(Problem.quoted(id.text))")
        }
        return view(junction)
    }

    func view(_ number: Int) -> JunctionView {
        let (junction, board) = (network.junctions[number], boards[number])
        let entry = book[junction.id]
        let place = places[number]
        var aspects: [String: LampAspect] = [:]
        for (group, aspect) in zip(junction.signalGroups, board.status?.aspects ?? []) {
            aspects[group.id.text] = aspect
        }
        return JunctionView(
            junction: junction.id, x: place.x, y: place.y,
            district: districts.isEmpty ? "" : districts[districtOf[number]].name,
            isConnected: board.isReachable, lastHeard: board.lastHeard, running: board.status?.running,
            lease: board.status?.lease, leaseExpires: entry.expires, refusal: entry.refusal?.detail,
            aspects: aspects, plan: entry.plan, origin: entry.origin, isForcedToFallback: entry.isForcedToFallback,
            demandBasis: board.basis, isDegraded: isDegraded(number))
    }

    func lastHeard(_ detector: DetectorID) -> Double? {
        window.lastHeard(detector) ?? lastControlReading[detector]
    }

    private var unsoundDetectors: [DetectorID: String] {
        var found: [DetectorID: String] = [:]
        for fault in picture?.faults ?? [] { found[fault.detector] = fault.fault.rawValue }
        for detector in network.detectors {
            let heard = lastHeard(detector.id) ?? -.infinity
            if heard < now - DemandObserver.longestSilence { found[detector.id] = "silent" }
        }
        return found
    }

    /// What is known of all detectors, in the network's order.
    public func detectors() -> [DetectorView] {
        let unsound = unsoundDetectors
        return network.detectors.map { detector in
            DetectorView(
                detector: detector.id, junction: junctionOfDetector[detector.id],
                condition: unsound[detector.id] ?? "sound", lastHeard: lastHeard(detector.id),
                turnedAway: window.tally(of: detector.id))
        }
    }

    /// All districts.
    public func districtViews() -> [DistrictView] {
        districts.map { district in
            DistrictView(
                name: district.name, junctions: district.junctions.map { network.junctions[$0].id },
                isHeld: district.isHeld, proposal: district.proposal)
        }
    }

    /// How traffic does; nil before anything was counted.
    public func vitalSigns() -> VitalSigns? { vitals }
}
