import ControllerLink
import EdgeControl
import Foundation
import SignalModel
import TestSupport

/// Makes lines that may be messages of a centre, may nearly be, or may be anything.
struct MessageFuzzer {
    let settings: EdgeSettings
    private let plans: [JunctionPlan]
    private let sets: [[SignalGroupID]]
    private var random: SplitMix64

    init(seed: UInt64) throws {
        var (settings, other, random) = try SimulatedJunction.random(seed: 1000 + seed)
        settings.greatestRed = 1_000_000
        // Without a greatest green: it can be broken by lamps that do not answer, whatever a controller does.
        for group in settings.junction.signalGroups.indices {
            settings.junction.signalGroups[group].greatestGreen = nil
        }
        let ids = settings.junction.signalGroups.map(\.id)
        settings.inside = Dictionary(uniqueKeysWithValues: ids.map { (DetectorID("inside \($0)"), $0) })
        self.settings = settings
        plans = [other] + SimulatedJunction.wholePlans(for: settings.junction, count: 2, random: &random)
        sets = JunctionRules(settings.junction).maximalCompatibleSets(limit: 20).map { $0.map { ids[$0] } }
        self.random = random
    }

    /// The next line, which would be a lease of a sequence number at a time if it were sound.
    mutating func line(sequence: Int, network: Int) -> [UInt8] {
        let content: LeaseContent
        switch Int.random(in: 0..<10, using: &random) {
        case 0: content = .fallback
        case 1...4: content = .plan(plan())
        default: content = .groups(groups())
        }
        let isPlan = if case .groups = content { false } else { true }
        var lease = Lease(
            junction: settings.junction.id, sequence: sequence, issued: Double(network),
            expires: Double(network + Int.random(in: 1...(isPlan ? 300 : 30), using: &random)), content: content)
        if random.chance(0.2) { distort(&lease) }
        var bytes = Array(((try? LinkCodec.line(CentreMessage.lease(lease), number: 2)) ?? "").utf8.dropLast())
        if random.chance(0.3) { damage(&bytes) }
        if random.chance(0.05) {
            bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        return bytes
    }

    /// What the controller's own law wants, safe or not.
    mutating func wish() -> [SignalGroupID]? {
        guard random.chance(0.7) else { return nil }
        return random.chance(0.05) ? ["nobody"] : groups()
    }

    /// What detectors inside the junction say, true or not.
    mutating func readings(network: Int) -> [DetectorReading] {
        settings.inside.keys.sorted().filter { _ in random.chance(0.3) }.map { detector in
            DetectorReading(
                detector: detector, start: random.chance(0.1) ? number() : Double(network - 1), length: 1, count: nil,
                speed: random.chance(0.5) ? number() : nil, isPresent: random.chance(0.7))
        }
    }

    mutating func pause() -> Int { random.chance(0.6) ? Int.random(in: 0...3, using: &random) : 0 }
    mutating func driverWorks() -> Bool { !random.chance(0.005) }
    mutating func clockJumps() -> Bool { random.chance(0.002) }
    mutating func jump() -> Int { [3600, -3600, 1, -1, 2, -2, 7, -86400].randomElement(using: &random)! }

    private mutating func plan() -> JunctionPlan {
        var plan = plans.randomElement(using: &random)!
        for _ in 0..<(random.chance(0.5) ? 0 : Int.random(in: 1...3, using: &random)) {
            let group = plan.greens.indices.randomElement(using: &random)!
            switch Int.random(in: 0..<8, using: &random) {
            case 0: plan.offset = number()
            case 1: plan.cycle = number()
            case 2: plan.greens.remove(at: group)
            case 3: plan.greens[group].intervals.append(GreenInterval(start: number(), duration: number()))
            case 4: plan.greens.swapAt(0, group)
            case 5: plan.offsetReference = .endOfGreen(plan.greens[group].group)
            case 6: plan.greens[group].group = "nobody"
            default:
                guard !plan.greens[group].intervals.isEmpty else { break }
                plan.greens[group].intervals[0].start = number()
                plan.greens[group].intervals[0].duration += Double(Int.random(in: -9...9, using: &random))
            }
            if plan.greens.isEmpty { break }
        }
        return plan
    }

    private mutating func groups() -> [SignalGroupID] {
        var groups = sets.randomElement(using: &random)!
        if random.chance(0.2) { groups.append(settings.junction.signalGroups.randomElement(using: &random)!.id) }
        if random.chance(0.3) { groups.removeAll { _ in random.chance(0.5) } }
        return groups
    }

    private mutating func number() -> Double {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: [0, -1, 1e300, -1e300, 0.1, 0.05, 1e12, 600, 86400, 1e-300].randomElement(using: &random)!
        default: Double(Int.random(in: 0...120, using: &random))
        }
    }

    private mutating func distort(_ lease: inout Lease) {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: lease.sequence = [Int.min, Int.max, 0, -1, lease.sequence - 1].randomElement(using: &random)!
        case 1: lease.issued = number()
        case 2: lease.expires = number()
        case 3: lease.junction = "elsewhere"
        case 4: lease.issued -= Double(Int.random(in: -100...100, using: &random))
        default: lease.expires = lease.issued + number()
        }
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = bytes.indices.randomElement(using: &random)!
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place...)
            case 2: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
            case 3: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 4: bytes.insert(UInt8(ascii: "9"), at: place)
            default: bytes.remove(at: place)
            }
        }
    }
}
