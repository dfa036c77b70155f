import CoreMetrics
import Synchronization

/// Keeps all metrics of the process, and writes them as Prometheus reads them (text format 0.0.4).
///
/// Counters and floating-point counters become counters; meters and recorders that do not aggregate become gauges; timers
/// and recorders that aggregate become histograms, timers in seconds.
public final class PrometheusRegistry: MetricsFactory {
    private let metrics = Mutex<[MetricName: any PrometheusMetric]>([:])

    /// Without any metric.
    public init() {}

    /// All metrics, one family after another by name.
    public func text() -> String {
        let all = metrics.withLock { $0 }
        var lines: [String] = []
        for (family, members) in Dictionary(grouping: all, by: \.key.family).sorted(by: { $0.key < $1.key }) {
            guard let type = members.first?.value.type else { continue }
            lines.append("# TYPE \(family) \(type)")
            for (name, metric) in members.sorted(by: { $0.key.labels < $1.key.labels }) {
                lines += metric.lines(name)
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func metric<Metric: PrometheusMetric>(
        _ label: String, _ dimensions: [(String, String)], _ make: () -> Metric
    ) -> Metric {
        let name = MetricName(label, dimensions)
        return metrics.withLock { metrics in
            // Two kinds under one name would be the program's mistake; the later one is kept out of the text.
            if let metric = metrics[name] as? Metric { return metric }
            let metric = make()
            if metrics[name] == nil { metrics[name] = metric }
            return metric
        }
    }

    private func remove(_ handler: AnyObject) {
        metrics.withLock { metrics in
            guard let name = metrics.first(where: { $0.value === handler })?.key else { return }
            metrics[name] = nil
        }
    }

    /// A counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        metric(label, dimensions) { Total() }
    }

    /// A counter of parts.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        metric(label, dimensions) { Total() }
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        metric(label, dimensions) { Gauge() }
    }

    /// A histogram where it aggregates, and a gauge where it does not.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate { metric(label, dimensions) { Histogram() } } else { metric(label, dimensions) { Gauge() } }
    }

    /// A histogram of seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        metric(label, dimensions) { Histogram() }
    }

    /// Forgets a counter.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

    /// Forgets a counter of parts.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }

    /// Forgets a gauge.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

    /// Forgets a recorder.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

    /// Forgets a timer.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
