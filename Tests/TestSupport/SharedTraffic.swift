import Formats
import Foundation
import SignalModel

/// The shared SUMO networks with the flows of their vehicles, each on its given route or on the quickest one.
public enum SharedTraffic {
    /// Names of the networks.
    public static let names = ["cologne1", "cologne8", "grid4x4", "hangzhou", "ingolstadt1", "ingolstadt7"]

    /// A network with its flows from time 0 on.
    public static func load(_ name: String) throws -> (network: Network, flows: Flows) {
        let network = try SUMONetworkReader.read(
            network: SharedData.url("data/sumo/\(name)/\(name).net.xml").path
        ).network
        let text = try String(contentsOf: SharedData.url("data/sumo/\(name)/\(name).rou.xml"), encoding: .utf8)
        return (network, TripDemand(trips: trips(in: text, of: network)).flows(in: network))
    }

    /// The trips from the start of the first on.
    private static func trips(in text: String, of network: Network) -> [Trip] {
        var trips: [Trip] = []
        let routes = QuickestRoutes(network)
        var depart = 0.0
        for element in text.split(separator: "<") {
            if let time = attribute("depart", of: element) { depart = Double(time) ?? depart }
            if element.hasPrefix("route "), let edges = attribute("edges", of: element) {
                trips.append(Trip(start: depart, route: edges.split(separator: " ").map { LinkID(String($0)) }))
            } else if element.hasPrefix("trip "), let from = attribute("from", of: element),
                let to = attribute("to", of: element), let route = routes.route(LinkID(from), LinkID(to))
            {
                trips.append(Trip(start: depart, route: route))
            }
        }
        let first = trips.map(\.start).min() ?? 0
        return trips.map { Trip(start: $0.start - first, route: $0.route) }
    }

    private static func attribute(_ name: String, of element: Substring) -> String? {
        guard let start = element.range(of: " \(name)=\"") else { return nil }
        return String(element[start.upperBound...].prefix { $0 != "\"" })
    }
}

/// Quickest ways between links at free flow (Dijkstra 1959).
private struct QuickestRoutes {
    let network: Network
    let index: NetworkIndex

    init(_ network: Network) {
        self.network = network
        index = NetworkIndex(network)
    }

    func route(_ from: LinkID, _ to: LinkID) -> [LinkID]? {
        guard let start = index.links[from], let end = index.links[to] else { return nil }
        var times = [start: 0.0]
        var before: [Int: Int] = [:]
        var settled = Set<Int>()
        while let link = times.keys.filter({ !settled.contains($0) }).min(by: { (times[$0]!, $0) < (times[$1]!, $1) }) {
            if link == end { break }
            settled.insert(link)
            for movement in index.movementsFrom[link] {
                guard let next = index.links[network.movements[movement].to] else { continue }
                let time = times[link]! + network.links[next].length / max(1, network.links[next].freeFlowSpeed)
                if time < times[next] ?? .infinity {
                    times[next] = time
                    before[next] = link
                }
            }
        }
        guard times[end] != nil else { return nil }
        var route = [end]
        while let link = before[route[0]] { route.insert(link, at: 0) }
        return route.map { network.links[$0].id }
    }
}
