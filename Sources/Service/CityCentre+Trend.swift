import Centre
import CentreStore
import Reports
import SignalModel

extension CityCentre {
    /// How the city did of late, and the demand that is to be expected.
    public func trendView() -> TrendView { trend.view }

    /// The streets of the map with how full they are.
    public func streets() -> [StreetView] {
        let nodes = Dictionary(network.nodes.map { ($0.id, $0.position) }, uniquingKeysWith: { first, _ in first })
        return network.links.map { link in
            let line = link.shape.isEmpty ? [nodes[link.from], nodes[link.to]].compactMap { $0 } : link.shape
            let load = loads[link.id]
            return StreetView(
                link: link.id, line: line.map { [$0.x, $0.y] }, degreeOfSaturation: load?.degreeOfSaturation,
                storageRatio: load?.storageRatio)
        }
    }

    /// Whether a controller runs a plan that should follow demand, and the demand there is not measured.
    func isDegraded(_ number: Int) -> Bool {
        let board = boards[number]
        let isLeased = board.isReachable && (board.status?.running == .plan || board.status?.running == .groups)
        return settings.adaptation != nil && isLeased && board.basis != .measured
    }

    /// Takes note of what the controllers run.
    func noteOperation(at time: Double) {
        let running = running
        trend.note(
            .init(
                time: time, junctions: boards.count,
                leased: running["plan", default: 0] + running["groups", default: 0],
                degraded: boards.indices.count(where: isDegraded), fallback: running["fallback", default: 0],
                unknown: running["unknown", default: 0]))
    }

    /// Controllers by what they run; those not connected count as `unknown`.
    var running: [String: Int] {
        boards.reduce(into: [:]) { counts, board in
            counts[board.isReachable ? board.status?.running.rawValue ?? "unknown" : "unknown", default: 0] += 1
        }
    }

    /// Looks at how traffic does under the plans that run.
    func lookAtTraffic(_ flows: Flows, at time: Double) async {
        let (network, plan) = (network, runningPlan)
        let (loads, vitals) = await Task.detached {
            let report = PlanReport(network: network, flows: flows, plan: plan, present: nil)
            let loads = StreetLoad.all(report, in: network)
            return (loads, VitalSigns(report, loads, at: time))
        }.value
        (self.loads, self.vitals) = (loads, vitals)
        trend.note(vitals, flows)
        changed(nil)
    }

    /// Writes down which detectors fell silent since the last look, and which are heard again.
    func noteSilence(at time: Double) {
        let silent = Set(
            network.detectors.map(\.id).filter {
                lastHeard($0).map { $0 < time - DemandObserver.longestSilence } ?? false
            })
        guard silent != silentDetectors else { return }
        let heard = silentDetectors.subtracting(silent).filter { lastHeard($0) != nil }
        record(.warning, "silent", silent.subtracting(silentDetectors))
        record(.notice, "heard again", heard)
        silentDetectors = silent
    }

    private func record(_ severity: EventSeverity, _ what: String, _ detectors: Set<DetectorID>) {
        for (junction, own) in Dictionary(grouping: detectors, by: { junctionOfDetector[$0] }).sorted(by: {
            ($0.key?.text ?? "") < ($1.key?.text ?? "")
        }) {
            record(
                severity, .detectors, junction: junction,
                "\(what): \(own.sorted().map(\.text).joined(separator: ", "))")
        }
    }
}
