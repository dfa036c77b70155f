import Bandwidth
import Foundation
import PerformanceModel
import Reports
import SignalModel
import Testing

@testable import PlanPages

@Suite("The full report")
struct FullReportTests {
    @Test("has the fields of the plan's report beside its own")
    func fields() throws {
        let sample = try PageSample.district()
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(sample.report))
        let json = try #require(object as? [String: Any])
        let plain = try JSONSerialization.jsonObject(with: JSONEncoder().encode(sample.report.plan))
        let fields = try #require(plain as? [String: Any])
        #expect(Set(fields.keys).isSubset(of: json.keys))
        #expect(json["delay"] as? Double == sample.report.plan.delay)
        for key in ["headline", "changes", "timings", "laneGroups", "waits", "arterials", "profiles", "sensitivity"] {
            #expect(json[key] != nil, "\(key)")
        }
    }

    @Test("more demand costs more, and demand times one costs what the report says")
    func sensitivity() throws {
        let report = try PageSample.district().report
        #expect(report.sensitivity.map(\.scale) == [0.8, 0.9, 1, 1.1, 1.2])
        #expect(report.sensitivity[2].delay == report.plan.delay)
        #expect(report.sensitivity[2].presentDelay == report.plan.presentDelay)
        #expect(report.sensitivity[0].delay < report.sensitivity[4].delay)
        let first = try #require(report.sensitivity.first?.presentDelay)
        let last = try #require(report.sensitivity.last?.presentDelay)
        #expect(first < last)
    }

    @Test("gains and prices of the junctions add up to the change on the approaches to signals")
    func changes() throws {
        let report = try PageSample.district().report
        let sum = report.changes.reduce(0) { $0 + $1.vehicleHoursChange }
        let movements = report.plan.movements.filter { $0.junction != nil }
        let expected = movements.reduce(0) { sum, row in
            sum + row.delay * row.vehicles - (row.presentDelay ?? 0) * (row.presentVehicles ?? 0)
        }
        #expect(abs(sum - expected / report.plan.duration) < 1e-6 * max(1, abs(sum)))
        for change in report.changes {
            #expect(change.gains.allSatisfy { $0.delayChange < 0 } && change.pays.allSatisfy { $0.delayChange > 0 })
        }
        let figures = report.headline
        #expect(figures.gainingMovements + figures.payingMovements + figures.unchangedMovements == movements.count)
    }

    @Test("lane groups carry the flow of the movements of their link, and x is flow over capacity")
    func laneGroups() throws {
        let sample = try PageSample.district()
        let report = sample.report
        #expect(report.laneGroups.count > 30)
        let flows = Dictionary(grouping: report.plan.movements) { $0.approach }
            .mapValues { $0.reduce(0) { $0 + $1.flowPerHour } }
        for (link, rows) in Dictionary(grouping: report.laneGroups, by: { $0.link }) {
            let sum = rows.reduce(0) { $0 + $1.flowPerHour }
            let expected = flows[link] ?? 0
            #expect(abs(sum - expected) < 0.1 * expected + 30, "\(link): \(sum), \(expected)")
        }
        for row in report.laneGroups where row.capacityPerHour > 1 {
            #expect(abs(row.flowPerHour / row.capacityPerHour - row.degreeOfSaturation) < 0.01 * row.degreeOfSaturation)
        }
    }

    @Test("profiles lose nobody: as many leave in a cycle as come, where all fit in")
    func profiles() throws {
        let report = try PageSample.district().report
        #expect(report.profiles.count == 6)
        let delays = report.profiles.map(\.delayVehicleHoursPerHour)
        #expect(delays == delays.sorted(by: >))
        for profile in report.profiles {
            #expect(profile.arrivalsPerHour.count == profile.cycle && profile.queue.count == profile.cycle)
            let (come, gone) = (profile.arrivalsPerHour.reduce(0, +), profile.departuresPerHour.reduce(0, +))
            let can = profile.capacityPerHour.reduce(0, +)
            #expect(abs(gone - min(come, can)) < 0.01 * come + 1)
        }
    }

    @Test("bands are those that the search for bands found")
    func bands() throws {
        let sample = try PageSample.district()
        let plan = try BandwidthPlan(model: NetworkModel(network: sample.network, flows: sample.flows))
        var compared = 0
        for street in plan.arterials where street.arterial.inbound != nil {
            let names = street.chain.stops.map(\.junction)
            guard let shown = sample.report.arterials.first(where: { $0.stops.map(\.junction) == names }) else {
                continue
            }
            // The report drives at free-flow speed, the search slower where that widens a band.
            var timing = street.timing
            timing.outboundSpeeds = street.chain.outbound.map(\.freeSpeed)
            timing.inboundSpeeds = street.chain.inbound?.map(\.freeSpeed)
            var arterial = street.arterial
            for number in arterial.signals.indices {
                arterial.signals[number].outboundQueueClearance = 0
                arterial.signals[number].inboundQueueClearance = 0
            }
            let bands = arterial.bands(under: timing)
            #expect(abs((shown.outbound.bandWidth ?? -1) - bands.outbound.width) < 1e-6)
            #expect(abs((shown.inbound?.bandWidth ?? -1) - (bands.inbound?.width ?? 0)) < 1e-6)
            compared += 1
        }
        #expect(compared > 0)
    }

    @Test("vehicles of a platoon never come before they left, and never drive back in time")
    func platoons() throws {
        let streets = try PageSample.district().report.arterials
        let ways = streets.flatMap { [$0.outbound] + ($0.inbound.map { [$0] } ?? []) }
        #expect(ways.contains { $0.platoon.count == 8 })
        for way in ways {
            for vehicle in way.platoon {
                #expect(vehicle.count == way.travelTimes.count + 1)
                for (number, time) in way.travelTimes.enumerated() {
                    #expect(abs(vehicle[number + 1].arrival - vehicle[number].departure - time) < 1e-9)
                }
                #expect(vehicle.allSatisfy { $0.departure >= $0.arrival })
            }
        }
    }

    @Test("the junction with rings shows them where its plan fits, and rings meet at the barriers")
    func rings() throws {
        let sample = try PageSample.district()
        let present = try #require(sample.network.presentPlan)
        let timings = TimingReport.all(in: sample.network, plan: present, present: nil)
        let rings = try #require(timings.map(\.rings).first { !$0.isEmpty })
        #expect(rings.count == 2)
        for ring in rings {
            let cycle = ring.reduce(0) { $0 + $1.split }
            #expect(cycle == rings[0].reduce(0) { $0 + $1.split })
            for (one, two) in zip(ring, ring.dropFirst()) { #expect(two.start == one.start + one.split) }
            for phase in ring { #expect(phase.green + phase.yellow + phase.redClearance == phase.split) }
        }
    }
}
