import SignalModel

/// A vehicle that asks for its way to be clear: a bus or a tram, or one with blue lights.
///
/// It weighs more in the schedule than a car, and nothing else changes: rules, caps on waits and the guard stay as they are,
/// and when it has passed there is nothing to be undone.
public struct PriorityRequest: Equatable, Sendable {
    /// Who asks.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A vehicle of public transport, which weighs as its people do.
        case transit
        /// A vehicle on its way to an emergency, which outweighs all others.
        case emergency
    }

    /// Names the vehicle, or its journey.
    public var id: String
    /// What it is.
    public var kind: Kind
    /// What it does at the junction.
    public var movement: MovementID
    /// When it would be at the stop line without a stop, s of network time.
    public var arrival: Double
    /// People on board; only those of transit count.
    public var people: Double

    /// People in a car, in the mean.
    public static let peoplePerCar = 1.3
    /// What a vehicle on its way to an emergency weighs against a car.
    public static let emergencyWeight = 1000.0
    /// Most people that count.
    public static let greatestPeople = 300.0
    /// How long after its arrival a vehicle that has not said that it has passed is taken to have, s.
    public static let patience = 60.0

    /// States a request.
    public init(id: String, kind: Kind, movement: MovementID, arrival: Double, people: Double = 0) {
        self.id = id
        self.kind = kind
        self.movement = movement
        self.arrival = arrival
        self.people = people
    }

    /// What the vehicle weighs against a car.
    var weight: Double {
        switch kind {
        case .transit: max(1, min(people, Self.greatestPeople) / Self.peoplePerCar)
        case .emergency: Self.emergencyWeight
        }
    }
}

extension TrafficPicture {
    /// Gives the vehicles that ask for it their weight.
    ///
    /// Detectors tell of a vehicle and not which one it is. Who asks is taken for the first vehicle on its lane that is not
    /// nearer than it can be, or for the last one there is; where there is none it is added. So while it stands in a queue
    /// the queue before it has its weight.
    public mutating func add(_ requests: [PriorityRequest], in layout: JunctionLayout, at time: Int, sight: Double) {
        for request in requests where request.arrival + PriorityRequest.patience > Double(time) {
            for (lane, approach) in layout.lanes.enumerated() {
                guard let stream = approach.streams.first(where: { layout.streams[$0].movement == request.movement })
                else { continue }
                let distance = max(0, request.arrival - Double(time)) * approach.speed
                guard distance <= sight else { continue }
                let place = lanes[lane].firstIndex { $0.distance >= distance - layout.spacing }
                if let place = place ?? lanes[lane].indices.last {
                    lanes[lane][place].weight += request.weight
                    // A shared lane: the vehicle is known to go where it says.
                    lanes[lane][place].stream = stream
                } else {
                    lanes[lane].append(
                        .init(stream: stream, distance: distance, speed: approach.speed, weight: request.weight))
                }
                // One lane has the vehicle; of several the one with fewest before it would do, and nobody knows.
                break
            }
        }
    }
}
