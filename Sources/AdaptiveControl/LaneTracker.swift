/// Vehicles on one approach lane as they are believed to be, from what a detector counts and how queues move.
///
/// Every second each vehicle drives on as a follower does (it keeps a gap of one second to the vehicle before it, and wins
/// speed at a constant rate), then what was believed is made what was seen: by zones of areas, or from loop to loop.
struct LaneTracker: Sendable {
    struct Vehicle: Equatable, Sendable {
        /// From the stop line, m.
        var distance: Double
        /// m/s.
        var speed: Double
        /// s.
        var waited: Double
        /// Number of the stream that it is taken for.
        var stream: Int
        /// Number of loops of the lane that it has not come to yet.
        var ahead = 0
        /// Number of the loop farther up that it passed last; nil once it is on the lane itself.
        var entry: Int?
        /// How long it has been due at the next loop, s.
        var overdue = 0
    }

    /// The nearest to the stop line first; those that have passed it and are still seen have distances below 0.
    var vehicles: [Vehicle] = []
    /// How long the first vehicle has stood though its stream had green, s.
    var stuck = 0
    var turns: TurnShares
    /// Vehicles that were missing in the last second and cannot have passed the stop line: they have changed lanes.
    var strayed: [Vehicle] = []
    /// Numbers of the vehicles that were new in the last second where nobody enters.
    var strangers: [Int] = []
    /// Vehicles that left over the downstream end in the last second.
    var left: [Vehicle] = []
    /// Numbers of the vehicles that entered in the last second and were not announced.
    var unannounced: [Int] = []
    /// Vehicles that have left a lane before this one and have not been seen here yet.
    private var announced: [(vehicle: Vehicle, age: Int)] = []
    var alignment = LaneAlignment()
    /// Zones of the vehicles that are seen, the first vehicle first.
    var seen: [Int] = []
    /// Vehicles as they were believed to be before the last reading.
    var former: [Vehicle] = []

    let speed: Double
    private let acceleration: Double
    let spacing: Double
    /// Length of a vehicle: it counts until its rear has passed the stop line, m.
    let bodyLength: Double
    /// Length of lane that is seen, m.
    let length: Double
    private let lockTime: Int
    let streams: [Int]
    /// Vehicles that entered for each second without a reading; what is not a whole vehicle yet.
    var owed = 0.0
    /// Whether those who leave are seen on their ways over the junction, so that their turns are known.
    var isWatched = false
    /// Vehicles that entered in the last second.
    var entered = 0
    /// Vehicles that passed the stop line in the last second.
    var departed = 0
    /// Mean of vehicles per second that pass the stop line, or the loop nearest to it: who enters changes lanes yet.
    var rate: Double
    /// Number of loops that vehicles which enter have not come to yet.
    let loopCount: Int
    /// Number of loops of the lane.
    let ownCount: Int
    /// Loops farther up.
    let upstream: [LoopDetectorPlan.Sight]
    /// Times that the head of the queue was taken for another than before.
    var inferenceCount = 0

    /// How long a vehicle that has left the lane before is waited for, s.
    private static let crossingTime = 10
    private static let rateMemory = 900.0
    static let leastRate = 60.0 / 3600

    /// - Parameter flow: What is known of the flow on the lane, veh/h.
    init(
        speed: Double, length: Double, spacing: Double, turns: TurnShares, flow: Double,
        ownCount: Int = 0, upstream: [LoopDetectorPlan.Sight] = [], settings: AdaptiveSettings
    ) {
        self.ownCount = ownCount
        loopCount = max(0, ownCount - 1)
        self.upstream = upstream
        self.speed = speed
        self.length = length
        self.spacing = spacing
        bodyLength = 0.67 * spacing
        self.turns = turns
        acceleration = settings.acceleration
        lockTime = Int(settings.lockTime)
        streams = turns.streams
        rate = max(Self.leastRate, flow.isFinite ? flow / 3600 : 0)
    }

    /// Takes in how many passed the stop line in a second.
    mutating func note(departures: Int) { rate += (Double(departures) - rate) / Self.rateMemory }

    /// Has vehicles enter at a rate, vehicles/s, where nobody counts them.
    mutating func enter(_ inflow: Double) {
        owed += max(inflow, Self.leastRate)
        while owed >= 1 {
            owed -= 1
            // Who finds the lane full stays where nobody could have seen it.
            if (vehicles.last?.distance ?? -spacing) + spacing <= length { enter() }
        }
    }

    /// Whether another vehicle would be seen if it drove on to whoever is the last.
    var hasRoom: Bool { (vehicles.last?.distance ?? -spacing) + spacing < length }

    /// Forgets everybody: nothing is seen any more.
    mutating func clear() {
        vehicles.removeAll(keepingCapacity: true)
        forgetLastSecond()
        announced.removeAll(keepingCapacity: true)
        stuck = 0
    }

    /// Begins a second in which nobody has entered, left or changed lanes yet.
    mutating func forgetLastSecond() {
        strayed.removeAll(keepingCapacity: true)
        strangers.removeAll(keepingCapacity: true)
        left.removeAll(keepingCapacity: true)
        unannounced.removeAll(keepingCapacity: true)
        entered = 0
        departed = 0
    }

    /// Counts a second for everybody who stands.
    mutating func noteWaits() {
        for number in vehicles.indices where vehicles[number].speed < 1 { vehicles[number].waited += 1 }
    }

    /// Moves all vehicles on by a second; returns how many of them, the first ones, have passed the stop line whole.
    ///
    /// - Parameter limit: The distance from the stop line that a vehicle cannot come nearer than, m.
    mutating func drive(until limit: (Vehicle) -> Double) -> Int {
        var departed = 0
        var leader: Double?
        for number in vehicles.indices {
            let vehicle = vehicles[number]
            // Who is nearly as fast as the lane allows is as fast as the driver likes.
            let wish = min(speed, vehicle.speed + (vehicle.speed < 0.8 * speed ? acceleration : 0.3))
            var room = vehicle.distance - limit(vehicle)
            if let leader { room = min(room, vehicle.distance - leader - spacing) }
            leader = vehicle.distance
            let way = max(0, min(wish, room))
            vehicles[number].distance -= way
            vehicles[number].speed = way
            if vehicles[number].distance < -bodyLength { departed += 1 }
        }
        return departed
    }

    /// The stop line for those before it that have no green.
    static func stopLine(_ vehicle: Vehicle, open: (Int) -> Bool) -> Double {
        vehicle.distance >= 0 && !open(vehicle.stream) ? 0 : -.infinity
    }

    /// Takes in that a vehicle has left where these streams had green.
    ///
    /// - Returns: Whether it must have been another one; who was taken for that one is then likelier to be the one that it
    ///   was taken for.
    mutating func learn(departureOf vehicle: Vehicle, green: [Int]) -> Bool {
        if !isWatched { turns.learn(from: green) }
        guard !green.isEmpty, !green.contains(vehicle.stream) else { return false }
        inferenceCount += 1
        return true
    }

    /// Takes in who was seen on the ways over the junction; nothing where not all of them are watched.
    mutating func learn(_ passed: [(stream: Int, count: Int)]?) {
        isWatched = passed != nil
        for (stream, count) in passed ?? [] { for _ in 0..<count { turns.learn(from: [stream]) } }
    }

    /// Takes in that a vehicle has left the lane before this one.
    mutating func announce(_ vehicle: Vehicle) { announced.append((vehicle, 0)) }

    /// Whether somebody has left a lane before this one and has not been seen here yet.
    var hasAnnounced: Bool { !announced.isEmpty }

    /// Takes away the one of those who was announced first.
    mutating func takeAnnounced() -> Vehicle { announced.removeFirst().vehicle }

    /// Forgets those who should have come long ago.
    mutating func forgetMissing() {
        for number in announced.indices { announced[number].age += 1 }
        announced.removeAll { $0.age > Self.crossingTime }
    }

    /// A vehicle that is seen for the first time where vehicles come from.
    mutating func newcomer(at place: Double) -> Vehicle {
        guard hasAnnounced else {
            unannounced.append(vehicles.count)
            return Vehicle(distance: place, speed: speed, waited: 0, stream: turns.draw())
        }
        let known = takeAnnounced()
        return Vehicle(distance: place, speed: speed, waited: known.waited, stream: known.stream)
    }

    mutating func enter() {
        var place = max(0, length - speed / 2)
        var way = speed
        if let last = vehicles.last, last.distance + spacing > place {
            place = last.distance + spacing
            way = min(speed, last.speed)
        }
        vehicles.append(Vehicle(distance: place, speed: way, waited: 0, stream: turns.draw(), ahead: loopCount))
    }

    /// Green without a departure from a queue: the head of it must be waiting for another green, or for a gap.
    ///
    /// - Parameter stands: Whether the head of a queue stands at the stop line.
    mutating func rememberWhoIsStuck(_ stands: Bool, open: (Int) -> Bool, yields: (Int) -> Bool) {
        guard stands, let first = vehicles.first, open(first.stream) else {
            stuck = 0
            return
        }
        stuck += 1
        guard stuck >= lockTime, !yields(first.stream) else { return }
        let others = streams.filter { $0 != first.stream && (!open($0) || yields($0)) }
        guard let likeliest = turns.likeliest(of: others) else { return }
        if let other = vehicles.dropFirst().firstIndex(where: { others.contains($0.stream) }) {
            vehicles[0].stream = vehicles[other].stream
            vehicles[other].stream = first.stream
        } else {
            vehicles[0].stream = likeliest
        }
        inferenceCount += 1
        stuck = 0
    }
}
