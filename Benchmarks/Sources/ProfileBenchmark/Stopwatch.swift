import Foundation

/// Measures how long something takes.
struct Stopwatch {
    /// Time that passed, s.
    var seconds: Double
    /// Time that the processor spent on this program, over all threads, s; the two differ where others want the core too.
    var processorSeconds: Double

    /// Runs `body` once.
    init(_ body: () -> Void) {
        let wall = Self.time(CLOCK_MONOTONIC)
        let processor = Self.time(CLOCK_PROCESS_CPUTIME_ID)
        body()
        seconds = Self.time(CLOCK_MONOTONIC) - wall
        processorSeconds = Self.time(CLOCK_PROCESS_CPUTIME_ID) - processor
    }

    private static func time(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
