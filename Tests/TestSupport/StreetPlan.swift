import Foundation
import SignalModel

/// Places and the two-way streets between them, before lanes and signals are laid out.
struct StreetPlan {
    /// A place where streets meet.
    struct Place {
        let node: Node
        /// Numbers of the places at the other ends of its streets.
        var neighbours: [Int] = []
    }

    let name: String
    private(set) var places: [Place] = []

    init(name: String) { self.name = name }

    /// Number of streets that meet at a place.
    func legCount(of place: Int) -> Int { places[place].neighbours.count }

    /// One controller for each signalised place.
    var singleControllers: [(JunctionID, [Int])] {
        places.indices.filter { places[$0].node.control == .signals }
            .map { (JunctionID(places[$0].node.id.text), [$0]) }
    }

    mutating func addSignals(_ id: NodeID, at position: Point) -> Int {
        places.append(Place(node: Node(id: id, position: position, control: .signals)))
        return places.count - 1
    }

    /// Adds a street that leaves the network in a direction, degrees counter-clockwise from east.
    mutating func addBoundary(from place: Int, angle: Double, distance: Double) {
        let origin = places[place].node
        let radians = angle * Double.pi / 180
        let position = Point(
            x: origin.position.x + distance * cos(radians), y: origin.position.y + distance * sin(radians))
        let id = NodeID("\(origin.id)_\(legCount(of: place))")
        places.append(Place(node: Node(id: id, position: position, control: .boundary)))
        connect(place, places.count - 1)
    }

    mutating func connect(_ first: Int, _ second: Int) {
        places[first].neighbours.append(second)
        places[second].neighbours.append(first)
    }

    /// Direction from one place to another, degrees counter-clockwise from east, 0 ..< 360.
    func angle(from first: Int, to second: Int) -> Double {
        let start = places[first].node.position
        let end = places[second].node.position
        let degrees = atan2(end.y - start.y, end.x - start.x) * 180 / Double.pi
        return degrees < 0 ? degrees + 360 : degrees
    }

    func distance(_ first: Int, _ second: Int) -> Double {
        let start = places[first].node.position
        let end = places[second].node.position
        return hypot(end.x - start.x, end.y - start.y)
    }

    /// The places around one, counter-clockwise.
    func legs(of place: Int) -> [Int] {
        places[place].neighbours.sorted { angle(from: place, to: $0) < angle(from: place, to: $1) }
    }
}
