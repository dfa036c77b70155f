import Reports
import SignalModel
import TestSupport
import Testing

@testable import Service

@Suite("What the control room is told")
struct TrendTests {
    /// Vital signs of a time; their figures do not matter here.
    private static func vitals(_ time: Double) -> VitalSigns {
        VitalSigns(report, StreetLoad.all(report, in: SmallNetwork.network), at: time)
    }
    private static let report = PlanReport(
        network: SmallNetwork.network, flows: SmallNetwork.flows, plan: SmallNetwork.plan, present: nil)

    /// The demand of three intervals of 300 s that end at a time.
    private func flows(until end: Double, perHour: (Double) -> Double) -> Flows {
        let middles = [750.0, 450, 150].map { end - $0 }
        return Flows(
            start: end - 900, intervalLength: 300, intervalCount: 3,
            sources: ["WC", "SC"].map { LinkFlow(link: $0, flowPerHour: middles.map { perHour($0) / 2 }) },
            movements: [])
    }

    private func trend(until end: Double, every step: Double = 300, perHour: (Double) -> Double) -> TrendView {
        var trend = CityTrend()
        for time in stride(from: 900, through: end, by: step) {
            trend.note(Self.vitals(time), flows(until: time, perHour: perHour))
        }
        return trend.view
    }

    @Test("Demand that stays is expected to stay, as surely as it was counted")
    func constant() throws {
        let view = trend(until: 7200) { _ in 1200 }
        #expect(view.demand.count == 22 && view.forecast.map(\.time) == [7350, 7650, 7950, 8250, 8550, 8850])
        for expected in view.forecast {
            #expect(abs(expected.perHour - 1200) < 1e-6)
            // A hundred vehicles in five minutes come with a standard error of ten: 120 an hour.
            #expect(expected.standardError >= 120 - 1e-6)
        }
        let errors = view.forecast.map(\.standardError)
        #expect(errors == errors.sorted())
    }

    @Test("Demand that rises is expected to rise on, but ever less, and demand that falls never below none")
    func rising() throws {
        let view = trend(until: 7200) { 600 + $0 / 10 }
        let values = [try #require(view.demand.last?.perHour)] + view.forecast.map(\.perHour)
        let steps = zip(values.dropFirst(2), values.dropFirst()).map { $0 - $1 }
        #expect(steps.allSatisfy { $0 > 0 } && steps == steps.sorted(by: >))
        #expect(values[1] > values[0] - 60)
        let falling = trend(until: 7200) { max(0, 3000 - $0 / 2) }
        #expect(falling.forecast.allSatisfy { $0.perHour >= 0 })
    }

    @Test("An interval counts once, however often one decides")
    func overlap() {
        let often = trend(until: 7200, every: 60) { _ in 1200 }
        #expect(often.demand.map(\.time) == trend(until: 7200) { _ in 1200 }.demand.map(\.time))
        #expect(often.vitalSigns.count == 106)
    }

    private func operation(_ time: Double) -> TrendView.Operation {
        .init(time: time, junctions: 3, leased: 2, degraded: 1, fallback: 1, unknown: 0)
    }

    @Test("What controllers run is kept for six hours by the minute, and forgotten where time begins anew")
    func operations() {
        var trend = CityTrend()
        for second in 0..<30_000 { trend.note(operation(Double(second))) }
        let times = trend.view.operation.map(\.time)
        #expect(times.count == 361 && times.last == 29_940 && times.first == 29_940 - 21_600)
        trend.note(operation(100))
        #expect(trend.view.operation.map(\.time) == [100])
    }

    @Test("A street is as full as the longest queue of its movements, by the length of their lanes")
    func loads() throws {
        let network = SmallNetwork.network
        let loads = StreetLoad.all(Self.report, in: network)
        #expect(Set(loads.keys) == ["WC", "SC"])
        for row in Self.report.movements {
            let load = try #require(loads[row.approach])
            #expect(load.degreeOfSaturation == row.degreeOfSaturation)
            #expect(abs(load.storageRatio - row.longestQueue * network.vehicles.spacing / 100) < 1e-9)
            #expect(load.storageRatio > 0)
        }
        // Twelve times the demand of the main road does not fit on it.
        var flows = SmallNetwork.flows
        flows.sources[0].flowPerHour = [3600, 3600]
        flows.movements[0].flowPerHour = [3600, 3600]
        let report = PlanReport(network: network, flows: flows, plan: SmallNetwork.plan, present: nil)
        let vitals = VitalSigns(report, StreetLoad.all(report, in: network), at: 0)
        #expect(vitals.spillbackShare == 0.5 && Self.vitals(0).spillbackShare == 0)
    }

    @Test("Whoever listens slowly gets the newest of each junction, once")
    func feed() async throws {
        let city = try CityUnderTest(NetworkOfTwo.network)
        defer { city.remove() }
        let service = try CityService(city.configure(), metrics: .init(), log: .init(label: "test"))
        let views = await service.centre.junctions()
        let feed = ChangeFeed()
        for second in 0..<1000 {
            var view = views[second % 2]
            view.lastHeard = Double(second)
            feed.add(.junction(view))
        }
        var rings = 0
        for await _ in feed.bell {
            rings += 1
            let changes = feed.take()
            #expect(changes.junctions.map(\.lastHeard) == [998, 999])
            #expect(!changes.hasCity && !changes.hasRecords)
            break
        }
        #expect(rings == 1 && feed.take().junctions.isEmpty)
    }
}
