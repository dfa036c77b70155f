import Foundation

/// How many of many runs are done, and about how long the rest takes: shown on a terminal, silent in a pipe.
struct Progress {
    let total: Int
    private let begun = ContinuousClock.now
    private let isShown = isatty(FileHandle.standardError.fileDescriptor) == 1

    init(total: Int) { self.total = total }

    /// Shows that some more are done.
    func show(done: Int) {
        guard isShown else { return }
        let elapsed = (ContinuousClock.now - begun) / .seconds(1)
        let left = Int((elapsed / Double(max(1, done)) * Double(total - done)).rounded(.up))
        let time = left >= 120 ? "\(left / 60) min" : "\(left) s"
        let end = done == total ? "\n" : ""
        try? FileHandle.standardError.write(
            contentsOf: Data("\r\u{1b}[K\(done) of \(total) runs, about \(time) left\(end)".utf8))
    }
}
