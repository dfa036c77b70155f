import CoreMetrics
import Synchronization

/// A metric that can be written out.
protocol PrometheusMetric: AnyObject, Sendable {
    /// What Prometheus calls its kind.
    var type: String { get }
    /// Its lines.
    func lines(_ name: MetricName) -> [String]
}

/// A number that only grows.
final class Total: PrometheusMetric, CounterHandler, FloatingPointCounterHandler {
    let type = "counter"
    private let value = Mutex(0.0)

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        value.withLock { $0 += amount }
    }
    func reset() { value.withLock { $0 = 0 } }
    func lines(_ name: MetricName) -> [String] {
        ["\(name.family)\(name.labels) \(PrometheusNumber.text(value.withLock { $0 }))"]
    }
}

/// A number that goes up and down.
final class Gauge: PrometheusMetric, MeterHandler, RecorderHandler {
    let type = "gauge"
    private let value = Mutex(0.0)

    func set(_ new: Int64) { set(Double(new)) }
    func set(_ new: Double) { value.withLock { $0 = new } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ new: Int64) { set(Double(new)) }
    func record(_ new: Double) { set(new) }
    func lines(_ name: MetricName) -> [String] {
        ["\(name.family)\(name.labels) \(PrometheusNumber.text(value.withLock { $0 }))"]
    }
}

/// How often values up to certain bounds occurred.
final class Histogram: PrometheusMetric, RecorderHandler, TimerHandler {
    private struct Counts {
        var buckets = Array(repeating: 0, count: Histogram.bounds.count)
        var sum = 0.0
        var count = 0
    }

    /// Upper bounds: from a half thousandth to half a minute, for times in seconds.
    private static let bounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]

    let type = "histogram"
    private let counts = Mutex(Counts())

    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        guard value.isFinite else { return }
        counts.withLock { counts in
            if let bucket = Self.bounds.firstIndex(where: { value <= $0 }) { counts.buckets[bucket] += 1 }
            counts.sum += value
            counts.count += 1
        }
    }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func lines(_ name: MetricName) -> [String] {
        let counts = counts.withLock { $0 }
        var below = 0
        var lines = zip(Self.bounds, counts.buckets).map { bound, count in
            below += count
            return "\(name.family)_bucket\(name.labels(with: "le", PrometheusNumber.text(bound))) \(below)"
        }
        lines.append("\(name.family)_bucket\(name.labels(with: "le", "+Inf")) \(counts.count)")
        lines.append("\(name.family)_sum\(name.labels) \(PrometheusNumber.text(counts.sum))")
        lines.append("\(name.family)_count\(name.labels) \(counts.count)")
        return lines
    }
}

/// Numbers as Prometheus reads them.
enum PrometheusNumber {
    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}
