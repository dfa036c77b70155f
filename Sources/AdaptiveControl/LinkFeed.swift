import SignalModel

/// Vehicles that signals upstream have let go towards a link, until they stand at its end.
///
/// Who has not come to a lane that is seen when it was due there must have come to one whose detector says nothing. So
/// such a lane is known vehicle by vehicle, as long as every way onto the link is watched.
struct LinkFeed: Sendable {
    /// A vehicle on its way.
    struct Vehicle: Equatable, Sendable {
        /// Since it has passed the signal upstream, s.
        var age: Double
        /// Chance that it has come to this link.
        var chance: Double
    }

    /// The link.
    let link: LinkID
    /// Numbers of its lanes that lead to the junction.
    let lanes: [Int]
    /// Length of the link, m.
    private let length: Double
    /// Free-flow speed, m/s.
    private let speed: Double
    /// From the start of the link until a vehicle is on its detectors, s.
    private let due: Double
    /// Who may come to any lane, the first one first.
    private var open: [Vehicle] = []
    /// Who has come to each lane that is not seen, the first one first; in the order of ``lanes``.
    private var unseen: [[Vehicle]]
    /// Whether all that comes to the link is told.
    private(set) var isTold = false

    /// What driving off and crossing the junction upstream costs against free flow, s.
    private static let startLoss = 3.0
    /// How much earlier or later than it is due a vehicle comes, s.
    private static let tolerance = 4.0

    /// - Parameter seenLength: Length of the detectors at the end of the link, m.
    init(link: LinkID, lanes: [Int], length: Double, seenLength: Double, speed: Double) {
        self.link = link
        self.lanes = lanes
        self.length = length
        self.speed = speed
        due = Self.startLoss + max(0, length - seenLength) / speed
        unseen = lanes.map { _ in [] }
    }

    /// Goes on by a second.
    ///
    /// - Parameters:
    ///   - sent: Vehicles that were let go towards the link; nil where that is not told.
    ///   - entered: Vehicles that were seen to come to each lane; nil where it is not seen.
    ///   - usual: What is usual on each lane, in any unit.
    mutating func advance(sent: Double?, entered: [Int?], usual: [Double]) {
        isTold = sent != nil
        guard let sent, entered.contains(nil) else {
            open.removeAll(keepingCapacity: true)
            for lane in unseen.indices { unseen[lane].removeAll(keepingCapacity: true) }
            return
        }
        for vehicle in open.indices { open[vehicle].age += 1 }
        for lane in unseen.indices {
            if entered[lane] != nil { unseen[lane].removeAll(keepingCapacity: true) }
            for vehicle in unseen[lane].indices { unseen[lane][vehicle].age += 1 }
        }
        var rest = sent
        while rest > 0 {
            open.append(Vehicle(age: 0, chance: min(1, rest)))
            rest -= 1
        }
        for count in entered { claim(Double(count ?? 0)) }
        let hidden = entered.indices.filter { entered[$0] == nil }
        let all = hidden.reduce(0) { $0 + usual[$1] }
        let latest = hidden.count == lanes.count ? 0 : due + Self.tolerance
        while let first = open.first, first.age > latest {
            open.removeFirst()
            for lane in hidden {
                let share = all > 0 ? usual[lane] / all : 1 / Double(hidden.count)
                if first.chance * share > 0 {
                    unseen[lane].append(Vehicle(age: first.age, chance: first.chance * share))
                }
            }
        }
    }

    /// Somebody was seen to come: of those who may have, the first ones have.
    private mutating func claim(_ count: Double) {
        var left = count
        var place = 0
        while left > 0, place < open.count, open[place].age >= due - Self.tolerance {
            let part = min(left, open[place].chance)
            left -= part
            open[place].chance -= part
            if open[place].chance > 0 { place += 1 } else { open.remove(at: place) }
        }
    }

    /// Takes those who reach the end of a lane now, one at a time; returns the chance that somebody does.
    mutating func arrivals(on lane: Int) -> Double {
        guard let place = lanes.firstIndex(of: lane) else { return 0 }
        var chance = 0.0
        while let first = unseen[place].first, distance(of: first) <= 0, chance + first.chance <= 1 {
            chance += first.chance
            unseen[place].removeFirst()
        }
        return chance
    }

    /// Some have left a lane before they were believed to be at its end: those who are the next to come.
    mutating func forget(_ count: Double, on lane: Int) {
        guard let place = lanes.firstIndex(of: lane) else { return }
        var left = count
        while left > 0, let first = unseen[place].first {
            let part = min(left, first.chance)
            left -= part
            unseen[place][0].chance -= part
            if unseen[place][0].chance <= 0 { unseen[place].removeFirst() }
        }
    }

    /// Who is on the way to the end of a lane that is not seen, with the chance that it is there as its weight.
    func coming(to lane: Int, stream: Int) -> [TrafficPicture.Vehicle] {
        guard let place = lanes.firstIndex(of: lane) else { return [] }
        return unseen[place].map {
            .init(stream: stream, distance: max(0, distance(of: $0)), speed: speed, weight: $0.chance)
        }
    }

    private func distance(of vehicle: Vehicle) -> Double {
        min(length, length - (vehicle.age - Self.startLoss) * speed)
    }
}
