import Foundation
import SignalModel

/// Writes trips as a SUMO route file.
public enum SUMORoutesWriter {
    /// The text of a route file: every trip as a vehicle with its route, and a vehicle type for each time headway.
    ///
    /// Vehicles enter at the speed and on the lane that suit them best, so that the way into the network is no bottleneck.
    ///
    /// - Parameters:
    ///   - timeHeadways: Time headways τ at which vehicles leave links, s. A vehicle keeps the mean of those of its route; that
    ///     of `vehicles` where there is none, and never less than 1 s.
    /// - Precondition: The trips are in the order of their starts.
    public static func text(
        of demand: TripDemand, vehicles: VehicleParameters, timeHeadways: [LinkID: Double] = [:]
    ) -> String {
        let kept = demand.trips.map { trip in
            let stated = trip.route.compactMap { timeHeadways[$0] }
            let mean = stated.isEmpty ? vehicles.timeHeadway : stated.reduce(0, +) / Double(stated.count)
            return String(format: "%.2f", max(leastTimeHeadway, mean))
        }
        let types = Set(kept).sorted()
        var text = "<routes>\n"
        for headway in types {
            text += "    <vType id=\"\(type(headway, of: types))\" length=\"\(vehicles.length)\""
            text += " minGap=\"\(vehicles.minimumGap)\" tau=\"\(headway)\""
            if let speed = vehicles.greatestSpeed { text += " maxSpeed=\"\(speed)\"" }
            text += "/>\n"
        }
        for (number, trip) in demand.trips.enumerated() {
            let hundredths = (trip.start * 100).rounded(.down) / 100
            text += "    <vehicle id=\"\(number)\" type=\"\(type(kept[number], of: types))\" depart=\"\(hundredths)\""
            text += " departLane=\"best\" departSpeed=\"max\">\n        <route edges=\""
            text += trip.route.map { XMLText.escaped($0.text) }.joined(separator: " ") + "\"/>\n    </vehicle>\n"
        }
        return text + "</routes>\n"
    }

    /// The step of a simulation, s: drivers of SUMO 1.28 who keep less force their way through opposing traffic.
    public static let leastTimeHeadway = 1.0

    private static func type(_ headway: String, of types: [String]) -> String {
        types.count == 1 ? "vehicle" : "vehicle\(headway)"
    }
}
