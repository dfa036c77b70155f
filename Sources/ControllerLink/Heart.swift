/// Beats while a connection lasts.
enum Heart {
    /// Beats for the first time after an interval, s, until it is cancelled.
    static func start(every interval: Double, _ beat: @Sendable @escaping () -> Void) -> Task<Void, any Error> {
        Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(interval))
                beat()
            }
        }
    }
}
