import ControllerLink
import EdgeControl
import PerformanceModel
import SignalModel
import TestSupport

/// A district in the network model, run by real controllers second by second: what they showed is what the model is
/// simulated with.
struct ModelStreet {
    let model: NetworkModel
    private(set) var junctions: [WatchedJunction]
    private(set) var time: Int
    private var random: SeededGenerator

    /// Begins with a plan that runs, on an empty street.
    init(network: Network, flows: Flows, plan: Plan, seed: UInt64) throws {
        model = NetworkModel(network: network, flows: flows)
        time = Int(flows.start)
        let timings = plan.timings
        junctions = try network.junctions.map {
            try WatchedJunction($0, fallback: timings[$0.id]!, time: Int(flows.start))
        }
        random = SeededGenerator(seed: seed)
    }

    /// Has all junctions run a plan, and lets time pass.
    mutating func run(_ plan: Plan, seconds: Int) {
        let timings = plan.timings
        for number in junctions.indices {
            junctions[number].lease(timings[model.network.junctions[number].id]!)
            junctions[number].run(seconds)
        }
        time += seconds
    }

    /// The model under the greens that were shown; red from now on.
    func simulated() -> NetworkRun {
        let greens = GreenTable(model: model)
        for (number, junction) in junctions.enumerated() { greens.set(greens: junction.greens, at: number) }
        return NetworkSimulator(model: model).run(greens)
    }

    /// What is measured in the last seconds: the demand, as a draw of whole vehicles.
    mutating func measured(last seconds: Double) -> Flows {
        let flows = model.flows
        let from = max(flows.start, Double(time) - seconds)
        let length = Double(time) - from
        func vehicles(_ perHour: [Double]) -> Double {
            perHour.enumerated().reduce(0) { sum, item in
                let begin = flows.start + Double(item.offset) * flows.intervalLength
                let overlap = min(Double(time), begin + flows.intervalLength) - max(from, begin)
                return sum + max(0, overlap) * item.element / 3600
            }
        }
        var result = flows
        (result.start, result.intervalLength, result.intervalCount) = (from, length, 1)
        func draw(_ perHour: [Double]) -> (flow: Double, error: Double) {
            let count = Double(PoissonNumber.draw(mean: vehicles(perHour), using: &random))
            return (count * 3600 / length, max(1, count).squareRoot() * 3600 / length)
        }
        for position in result.sources.indices {
            result.sources[position].flowPerHour = [draw(flows.sources[position].flowPerHour).flow]
        }
        for position in result.movements.indices {
            let (flow, error) = draw(flows.movements[position].flowPerHour)
            result.movements[position].flowPerHour = [flow]
            result.movements[position].standardErrorPerHour = [error]
        }
        result.crossings = []
        return result
    }
}

/// A junction's own controller, watched every second, with the greens that it showed.
struct WatchedJunction {
    private var control: JunctionControl
    private(set) var monitor: StreetMonitor
    private(set) var reports: [EdgeReport] = []
    private var time: Int
    private var sequence = 0
    /// Start and end of each green by group, s of network time; the last one up to now.
    private(set) var greens: [[Range<Double>]]

    init(_ junction: Junction, fallback: JunctionPlan, time: Int) throws {
        var settings = EdgeSettings(junction: junction, fallback: [.init(plan: fallback)])
        settings.start = .emptyStreet
        control = try JunctionControl(settings)
        monitor = StreetMonitor(junction)
        greens = junction.signalGroups.map { _ in [] }
        self.time = time
    }

    mutating func lease(_ plan: JunctionPlan, lasting seconds: Double = 900) {
        sequence += 1
        let lease = Lease(
            junction: plan.junction, sequence: sequence, issued: Double(time), expires: Double(time) + seconds,
            content: .plan(plan))
        _ = control.receive(lease, at: Double(time))
    }

    mutating func run(_ seconds: Int) {
        for _ in 0..<seconds {
            let aspects = control.step(at: EdgeTime(uptime: time, network: time)).aspects
            control.confirm()
            monitor.watch(aspects.map(\.rawValue))
            for (group, aspect) in aspects.enumerated() where aspect == .green {
                let now = Double(time)
                if let last = greens[group].last, last.upperBound == now {
                    greens[group][greens[group].count - 1] = last.lowerBound..<(now + 1)
                } else {
                    greens[group].append(now..<(now + 1))
                }
            }
            time += 1
        }
        reports += control.takeReports()
    }
}
