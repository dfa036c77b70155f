/// Vehicles on one approach lane as they are believed to be, from what a detector counts and how queues move.
///
/// Every second each vehicle drives on as a follower does (it keeps a gap of one second to the vehicle before it, and wins
/// speed at a constant rate), then the number of vehicles is made that which was counted: who is missing has entered at
/// the far end, who is too many has left at the stop line, or changed lanes where nobody can have left.
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
    }

    /// The nearest to the stop line first; those that have passed it and are still seen have distances below 0.
    var vehicles: [Vehicle] = []
    /// How long the first vehicle has stood though its stream had green, s.
    var stuck = 0
    var turns: TurnShares
    /// Vehicles that were missing in the last second and cannot have passed the stop line: they have changed lanes.
    private(set) var strayed: [Vehicle] = []
    /// Vehicles that were counted in the last second and had not been there before, the last of ``vehicles``.
    private(set) var arrivals = 0

    private let speed: Double
    private let acceleration: Double
    let spacing: Double
    /// Length of a vehicle: it counts until its rear has passed the stop line, m.
    private let bodyLength: Double
    /// Length of lane that is seen, m.
    let length: Double
    private let lockTime: Int
    let streams: [Int]
    /// Vehicles that entered for each second without a reading; what is not a whole vehicle yet.
    private var owed = 0.0
    /// Mean of vehicles that entered per second.
    var rate: Double
    /// Whether the first vehicle is on the loop at the stop line.
    var isOnLine = false
    /// How long nothing has been at the stop line though there was green, s.
    var idle = 0
    /// Times that the head of the queue was taken for another than before.
    private(set) var inferenceCount = 0

    static let rateMemory = 900.0
    static let leastRate = 60.0 / 3600

    /// - Parameter flow: What is known of the flow on the lane, veh/h.
    init(
        lane: JunctionLayout.ApproachLane, length: Double, spacing: Double, turns: TurnShares, flow: Double,
        settings: AdaptiveSettings
    ) {
        speed = lane.speed
        self.length = min(length, lane.length)
        self.spacing = spacing
        bodyLength = 0.67 * spacing
        self.turns = turns
        acceleration = settings.acceleration
        lockTime = Int(settings.lockTime)
        streams = lane.streams
        rate = max(Self.leastRate, flow.isFinite ? flow / 3600 : 0)
    }

    /// Takes in one second.
    ///
    /// - Parameters:
    ///   - reading: What was counted at its end; nil where the detector says nothing that can be true.
    ///   - open: Whether a stream had green in that second.
    ///   - yields: Whether a stream gives way to another that had green too.
    mutating func observe(_ reading: AreaReading?, open: (Int) -> Bool, yields: (Int) -> Bool) {
        strayed.removeAll(keepingCapacity: true)
        arrivals = 0
        let before = vehicles
        let departed = drive(open: open, passesAlone: true)
        if let reading {
            correct(reading, before: before, departed: departed, open: open)
            rememberWhoIsStuck(reading, open: open, yields: yields)
        } else {
            for _ in 0..<departed { turns.learn(from: streams.filter(open)) }
            enterAsUsual()
            stuck = 0
        }
    }

    /// Without a reading, vehicles enter as they have on the average.
    mutating func enterAsUsual() {
        owed += max(rate, Self.leastRate)
        if owed >= 1 {
            owed -= 1
            enter()
        }
    }

    /// Moves all vehicles on by a second; returns how many passed the stop line with all of their length.
    ///
    /// - Parameter passesAlone: Whether they pass without having been counted there.
    mutating func drive(open: (Int) -> Bool, passesAlone: Bool) -> Int {
        var departed = 0
        var leader: Double?
        for number in vehicles.indices {
            let vehicle = vehicles[number]
            let wish = min(speed, vehicle.speed + acceleration)
            var room = Double.infinity
            if let leader { room = vehicle.distance - leader - spacing }
            if vehicle.distance >= 0, !passesAlone || !open(vehicle.stream) { room = min(room, vehicle.distance) }
            leader = vehicle.distance
            let way = max(0, min(wish, room))
            vehicles[number].distance -= way
            vehicles[number].speed = way
            if way < 1 { vehicles[number].waited += 1 }
            if vehicles[number].distance < -bodyLength { departed += 1 }
        }
        vehicles.removeAll { $0.distance < -bodyLength }
        return departed
    }

    private mutating func correct(
        _ reading: AreaReading, before: [Vehicle], departed: Int, open: (Int) -> Bool
    ) {
        var departed = departed
        var entered = 0
        // Nobody moves: nobody can have left.
        if departed > 0, reading.vehicles > 0, reading.halted == reading.vehicles {
            for vehicle in before.prefix(departed).reversed() {
                vehicles.insert(vehicle, at: 0)
                vehicles[0].speed = 0
            }
            departed = 0
        }
        while vehicles.count < reading.vehicles {
            enter()
            entered += 1
        }
        let green = streams.filter(open)
        while vehicles.count > reading.vehicles {
            if let first = vehicles.first, first.distance < 0 || (!green.isEmpty && first.distance < 2 * speed) {
                take(green)
                departed += 1
            } else {
                let place = vehicles.lastIndex { $0.speed > 2 } ?? vehicles.count - 1
                strayed.append(vehicles.remove(at: place))
            }
        }
        arrivals = entered
        for _ in 0..<departed { turns.learn(from: green) }
        rate += (Double(entered) - rate) / Self.rateMemory
    }

    /// Puts a vehicle that is new on this lane where it left the lane beside it.
    mutating func receive(_ other: Vehicle) {
        guard arrivals > 0, var vehicle = vehicles.popLast() else { return }
        arrivals -= 1
        vehicle.distance = other.distance
        vehicle.speed = other.speed
        vehicle.waited = other.waited
        let place = vehicles.firstIndex { $0.distance > vehicle.distance } ?? vehicles.count
        vehicles.insert(vehicle, at: place)
    }

    /// Takes away the first vehicle, which has gone where there was green.
    mutating func take(_ green: [Int]) {
        let first = vehicles.removeFirst()
        guard !green.contains(first.stream) else { return }
        inferenceCount += 1
        // It was another one; who was taken for that one is then likelier to be the one it was taken for.
        if let other = vehicles.firstIndex(where: { green.contains($0.stream) }) {
            vehicles[other].stream = first.stream
        }
    }

    mutating func enter() {
        var place = max(0, length - speed / 2)
        var way = speed
        if let last = vehicles.last, last.distance + spacing > place {
            place = last.distance + spacing
            way = min(speed, last.speed)
        }
        vehicles.append(Vehicle(distance: place, speed: way, waited: 0, stream: turns.draw()))
    }

    /// Green without a departure from a queue: the head of it must be waiting for another green, or for a gap.
    private mutating func rememberWhoIsStuck(
        _ reading: AreaReading, open: (Int) -> Bool, yields: (Int) -> Bool
    ) {
        let stands = reading.vehicles > 0 && reading.halted == reading.vehicles
        rememberWhoIsStuck(stands, open: open, yields: yields)
    }

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
