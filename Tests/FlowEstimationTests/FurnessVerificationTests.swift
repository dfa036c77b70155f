import FlowEstimation
import Foundation
import TestSupport
import Testing

@Suite("Furness's method against published turning flows")
struct FurnessVerificationTests {
    /// The worked example of a traffic forecasting handbook: one junction, four years.
    private struct Case: Decodable {
        struct Inputs: Decodable {
            struct Growth: Decodable {
                var mainline: Double
                var side: Double
            }
            var AADT: [String: Double]
            var K: Double
            var D_inbound: [String: Double]
            var linear_growth: Growth
            var base_year: Int
            var counts: [String: [String: Double]]
        }
        struct Expected: Decodable {
            var order: [String]
            var y2018: [Double]
            var y2025: [Double]
            var y2035: [Double]
            var y2045: [Double]
            var origin_totals: [String: [Double]]
        }
        struct Tolerance: Decodable { var veh: Double }
        var inputs: Inputs
        var expected: Expected
        var tolerance: Tolerance
    }

    private static let legs = ["W", "E", "N", "S"]
    /// Leg that a left turn, a straight one and a right turn lead to.
    private static let targets: [String: [String: String]] = [
        "W": ["L": "N", "T": "E", "R": "S"], "E": ["L": "S", "T": "W", "R": "N"],
        "N": ["L": "E", "T": "S", "R": "W"], "S": ["L": "W", "T": "N", "R": "E"],
    ]

    @Test(
        "All turning flows of four years are the handbook's", .enabled(if: SharedData.isExpected, SharedData.absence),
        arguments: [2018, 2025, 2035, 2045])
    func handbook(year: Int) throws {
        let url = try SharedData.url("cases/fdot_turns5_furness.json")
        let published = try JSONDecoder().decode(Case.self, from: Data(contentsOf: url))
        let inputs = published.inputs
        let years = Double(year - inputs.base_year)
        let design = try Self.legs.map { leg in
            let isMain = leg == "W" || leg == "E"
            let growth = 1 + years * (isMain ? inputs.linear_growth.mainline : inputs.linear_growth.side)
            return try #require(inputs.AADT[leg]) * growth * inputs.K
        }
        let inbound = try Self.legs.map { try #require(inputs.D_inbound[$0]) }
        let pattern = Self.legs.map { from in
            Self.legs.map { to in
                let turn = Self.targets[from]?.first { $0.value == to }?.key
                return turn.flatMap { inputs.counts[from]?[$0] } ?? 0
            }
        }
        let fit = try Furness(
            pattern: pattern, origins: zip(design, inbound).map { $0 * $1 },
            destinations: zip(design, inbound).map { $0 * (1 - $1) })
        let expected = try #require(
            [
                2018: published.expected.y2018, 2025: published.expected.y2025, 2035: published.expected.y2035,
                2045: published.expected.y2045,
            ][year])
        let totals = try #require(published.expected.origin_totals["y\(year)"])
        #expect(fit.isSettled)
        #expect(expected.count == 12 && published.expected.order.count == 12)
        for (name, flow) in zip(published.expected.order, expected) {
            let ends = name.split(separator: "-").map(String.init)
            let from = try #require(Self.legs.firstIndex(of: ends[0]))
            let to = try #require(Self.legs.firstIndex(of: ends[1]))
            let found = fit.flows[from][to]
            #expect(abs(found - flow) <= published.tolerance.veh, "\(name): \(found) veh/h for \(flow)")
        }
        for (found, total) in zip(fit.flows.map { $0.reduce(0, +) }, totals) { #expect(abs(found - total) <= 0.5) }
        #expect(fit.destinationMiss < 0.01)
    }
}
