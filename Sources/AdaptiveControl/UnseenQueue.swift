/// A queue that no detector sees: how likely it is to be how long.
///
/// A filter over the number of vehicles: who comes in a second comes with the chance that the flow makes likely, who may go
/// goes at the headway. So a green is held until the queue is likely to be gone, not until a mean of vehicles has left.
struct UnseenQueue: Sendable {
    private(set) var turns: TurnShares
    /// Chance of each number of vehicles.
    private var chances: [Double]
    /// Streams that the vehicles are taken for, the first one first.
    private var streams: [Int] = []
    /// How long they have waited, s.
    private var waited: [Double] = []
    /// Vehicles that the green has let go, beyond those that have gone.
    private var credit = Self.startCredit
    /// For how long somebody could have gone and nobody was seen to, s.
    private var idle = 0
    /// Whether somebody waits inside the junction.
    private var isInside = false

    /// Chance below which a vehicle is left out.
    private static let leastChance = 0.1
    /// The first one needs longer than those that follow it.
    private static let startCredit = -0.5
    /// How long nobody is seen to go, who could, until there is likely to be nobody, s: driving off and a headway.
    private static let longestIdle = 4
    /// Chance, in each second after that, that there is nobody.
    private static let emptiness = 0.5
    /// Chance that a lane is empty which is believed to be full, as a detector or a neighbour may have erred.
    private static let doubt = 0.1
    /// Share of the traffic of a lane that is nearly all of it.
    private static let almostAll = 0.9
    /// Chance that somebody who could drive on does so within a second.
    private static let driveOn = 0.5

    /// An empty queue with room for some vehicles.
    init(places: Int, turns: TurnShares) {
        self.turns = turns
        chances = Array(repeating: 0, count: max(1, places) + 1)
        chances[0] = 1
    }

    /// Empties it.
    mutating func reset() {
        for number in chances.indices { chances[number] = number == 0 ? 1 : 0 }
        streams.removeAll(keepingCapacity: true)
        waited.removeAll(keepingCapacity: true)
        credit = Self.startCredit
        idle = 0
        isInside = false
    }

    /// Starts with vehicles that were known until now.
    mutating func start(with tracker: LaneTracker) {
        reset()
        turns = tracker.turns
        let known = tracker.vehicles.lazy.filter { $0.distance >= 0 }.prefix(chances.count - 1)
        streams += known.map(\.stream)
        waited += known.map(\.waited)
        chances[0] = 0
        chances[streams.count] = 1
    }

    /// Goes on by a second in which vehicles come at a rate, vehicles/s.
    mutating func arrive(_ rate: Double) {
        let chance = min(1, max(0, rate))
        let last = chances.count - 1
        chances[last] += chances[last - 1] * chance
        for number in stride(from: last - 1, to: 0, by: -1) {
            chances[number] += chance * (chances[number - 1] - chances[number])
        }
        chances[0] *= 1 - chance
        while streams.count < last {
            streams.append(turns.draw())
            waited.append(0)
        }
        var there = 1.0
        for place in 0..<last {
            there -= chances[place]
            waited[place] += max(0, there)
        }
    }

    /// Lets go whoever may in a second.
    ///
    /// - Parameters:
    ///   - open: Whether a stream has green.
    ///   - mayGo: Whether nobody with the right of way keeps it from going, too.
    /// - Returns: Chance that somebody has gone.
    @discardableResult
    mutating func discharge(layout: JunctionLayout, open: (Int) -> Bool, mayGo: (Int) -> Bool) -> Double {
        guard let first = streams.first, open(first) else {
            credit = Self.startCredit
            isInside = false
            return 0
        }
        let waitsInside = !mayGo(first)
        if waitsInside, isInside || !layout.streams[first].waitsInside {
            credit = Self.startCredit
            return 0
        }
        credit += 1 / max(1, layout.streams[first].headway)
        guard credit >= 1 else { return 0 }
        credit -= 1
        isInside = waitsInside
        let chance = 1 - chances[0]
        depart()
        return chance
    }

    /// Lets go in a second whoever was seen to, where all who leave are seen behind the stop line.
    ///
    /// - Parameters:
    ///   - passed: Vehicles by stream, for every stream of the lane.
    ///   - mayGo: Whether a stream has green and nobody with the right of way keeps it from going.
    /// - Returns: Vehicles that went though they were not believed to be there, in parts.
    mutating func discharge(seen passed: [(stream: Int, count: Int)], mayGo: (Int) -> Bool) -> Double {
        var surprise = 0.0
        var isIdle = true
        for (stream, count) in passed {
            for _ in 0..<count {
                isIdle = false
                surprise += chances[0]
                turns.learn(from: [stream])
                // Another one went first than was believed.
                if let place = streams.firstIndex(of: stream) { streams.swapAt(0, place) }
                assumeSomebody()
                depart()
            }
        }
        let going = turns.streams.filter(mayGo)
        idle = isIdle && !going.isEmpty ? idle + 1 : 0
        if idle > Self.longestIdle { doubt(going) }
        return surprise
    }

    /// Nobody is seen to go, though some streams could: there is nobody, or whoever is the first waits for another green.
    private mutating func doubt(_ going: [Int]) {
        let others = 1 - turns.share(of: going)
        if others < 1 - Self.almostAll {
            scale(by: 1 - Self.emptiness)
        } else if let first = streams.first, going.contains(first) {
            let nobody = max(chances[0], Self.doubt)
            scale(by: others / (nobody + (1 - nobody) * others))
            let waiting = turns.streams.filter { !going.contains($0) }
            if let place = streams.firstIndex(where: waiting.contains) {
                streams.swapAt(0, place)
            } else if let likeliest = turns.likeliest(of: waiting) {
                streams[0] = likeliest
            }
        }
    }

    /// There is somebody: as many are likely to be there as would be if that had been known.
    private mutating func assumeSomebody() {
        let there = 1 - chances[0]
        guard there > 0.01 else { return }
        scale(by: 1 / there)
    }

    /// Makes it likelier or less likely by a factor that anybody is there.
    private mutating func scale(by factor: Double) {
        for number in 1..<chances.count { chances[number] *= factor }
        chances[0] = max(0, 1 - chances[1...].reduce(0, +))
    }

    /// Somebody has left it, if there was anybody.
    mutating func depart() {
        chances[0] += chances[1]
        for number in 1..<chances.count - 1 { chances[number] = chances[number + 1] }
        chances[chances.count - 1] = 0
        if !streams.isEmpty {
            streams.removeFirst()
            waited.removeFirst()
        }
    }

    /// Nobody has driven on who could have: there is likely to be nobody.
    mutating func thin() {
        var sum = chances[0]
        for number in 1..<chances.count {
            chances[number] *= 1 - Self.driveOn
            sum += chances[number]
        }
        for number in chances.indices { chances[number] /= sum }
    }

    /// Whoever may be there, each with the chance that somebody is as a factor on the weight.
    ///
    /// - Parameter distance: Of the first one from the stop line, m.
    func vehicles(from distance: Double, spacing: Double) -> [TrafficPicture.Vehicle] {
        var result: [TrafficPicture.Vehicle] = []
        var there = 1.0
        for place in streams.indices where place + 1 < chances.count {
            there -= chances[place]
            guard there > Self.leastChance else { break }
            result.append(
                .init(
                    stream: streams[place], distance: distance + Double(place) * spacing, speed: 0,
                    waited: waited[place], weight: there))
        }
        return result
    }
}
