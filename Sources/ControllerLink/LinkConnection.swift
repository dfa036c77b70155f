import NIOCore

/// One connection as it is readied, before anything has been said.
struct LinkConnection: Sendable {
    /// What comes and goes.
    let lines: LinkSession.Lines
    /// What its handlers learn.
    let trace: ConnectionTrace
}
