import SignalModel

/// Writes trips as a SUMO route file.
public enum SUMORoutesWriter {
    /// The text of a route file: one vehicle type, and every trip as a vehicle with its route.
    ///
    /// Vehicles enter at the speed and on the lane that suit them best, so that the way into the network is no bottleneck.
    /// - Precondition: The trips are in the order of their starts.
    public static func text(of demand: TripDemand, vehicles: VehicleParameters) -> String {
        var text = "<routes>\n    <vType id=\"vehicle\" length=\"\(vehicles.length)\" minGap=\"\(vehicles.minimumGap)\""
        text += " tau=\"\(vehicles.timeHeadway)\""
        if let speed = vehicles.greatestSpeed { text += " maxSpeed=\"\(speed)\"" }
        text += "/>\n"
        for (number, trip) in demand.trips.enumerated() {
            let hundredths = (trip.start * 100).rounded(.down) / 100
            text += "    <vehicle id=\"\(number)\" type=\"vehicle\" depart=\"\(hundredths)\""
            text += " departLane=\"best\" departSpeed=\"max\">\n        <route edges=\""
            text += trip.route.map { XMLText.escaped($0.text) }.joined(separator: " ") + "\"/>\n    </vehicle>\n"
        }
        return text + "</routes>\n"
    }
}
