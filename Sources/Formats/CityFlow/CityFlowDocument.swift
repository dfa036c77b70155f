import Foundation
import SignalModel

/// The parts of CityFlow's JSON files that a greenband network is made from, as they stand there.
enum CityFlowDocument {
    struct Roadnet: Decodable {
        var intersections: [Intersection]
        var roads: [Road]
    }

    struct Intersection: Decodable {
        var id: String
        var point: Point
        /// Distance from the centre to the stop lines, m.
        var width: Double?
        var roadLinks: [RoadLink]
        var trafficLight: TrafficLight?
        /// True where traffic enters or leaves the network.
        var virtual: Bool
    }

    struct RoadLink: Decodable {
        var type: String
        var startRoad: String
        var endRoad: String
        var laneLinks: [LaneLink]
    }

    struct LaneLink: Decodable {
        var startLaneIndex: WholeNumber
        var endLaneIndex: WholeNumber
        var points: [Point]?
    }

    /// A number that must be whole; the decoder itself calls a fraction here no JSON at all.
    struct WholeNumber: Decodable {
        var value: Int

        init(from decoder: any Decoder) throws {
            let number = try decoder.singleValueContainer().decode(Double.self)
            guard let whole = Int(exactly: number) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "\(number), not a whole number that counts")
                )
            }
            value = whole
        }
    }

    struct TrafficLight: Decodable {
        var lightphases: [LightPhase]
    }

    struct LightPhase: Decodable {
        var time: Double
        var availableRoadLinks: [WholeNumber]
    }

    struct Road: Decodable {
        var id: String
        var points: [Point]
        /// Lanes, the innermost first.
        var lanes: [RoadLane]
        var startIntersection: String
        var endIntersection: String
    }

    struct RoadLane: Decodable {
        var maxSpeed: Double
    }

    struct Entry: Decodable {
        var vehicle: Vehicle
        var route: [String]
        var interval: Double
        var startTime: Double
        var endTime: Double
    }

    struct Vehicle: Decodable, Hashable {
        var length: Double
        var minGap: Double
        var maxSpeed: Double
        var headwayTime: Double
    }

    /// Decodes a file.
    ///
    /// - Throws: ``FormatError`` that names the field.
    static func read<Content: Decodable>(_ type: Content.Type, from path: String) throws(FormatError) -> Content {
        let data = try FileContents.read(path)
        guard !data.isEmpty else { throw FormatError(file: path, fault: .malformed("the file is empty")) }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw FormatError(error, file: path, json: data)
        } catch {
            throw FormatError(file: path, fault: .malformed(error.localizedDescription))
        }
    }
}
