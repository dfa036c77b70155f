import NIOCore

extension TraciConnection {
    /// Version of the protocol, and SUMO's own name and version.
    ///
    /// - Throws: ``TraciError``.
    public func version() async throws -> (protocol: Int, program: String) {
        var answer = try await exchange([.version])
        try TraciResponse.readStatus(of: TraciCommand.Code.version, from: &answer)
        var content = try TraciResponse.read(from: &answer).content
        let number = try content.readTraciInteger("a version", as: Int32.self)
        return (Int(number), try content.readTraciText("a program"))
    }

    /// Makes changes, simulates one step, and returns what the subscriptions bring of it: all in one round trip.
    ///
    /// - Throws: ``TraciError``; where SUMO refused a change, it has made the others and simulated the step all the
    ///   same.
    public func step(after changes: [TraciChange] = []) async throws -> TraciStep {
        var answer = try await exchange(changes.map(\.command) + [.step(to: 0)])
        for change in changes { try TraciResponse.readStatus(of: change.command.code, from: &answer) }
        return try Self.takeStep(from: &answer)
    }

    /// Simulates all steps up to a time, s, and returns what the subscriptions bring of the last.
    ///
    /// Vehicles that entered or arrived on the way are reported together. A time that has been passed already does
    /// nothing. Changes cannot come in the same message: of several steps SUMO gives no answer but the last.
    /// - Throws: ``TraciError``.
    public func step(to time: Double) async throws -> TraciStep {
        var answer = try await exchange([.step(to: time)])
        return try Self.takeStep(from: &answer)
    }

    private static func takeStep(from answer: inout ByteBuffer) throws(TraciError) -> TraciStep {
        try TraciResponse.readStatus(of: TraciCommand.Code.step, from: &answer)
        return try TraciStep.read(from: &answer)
    }

    /// The value of one of SUMO's options as it was started, such as `seed`.
    ///
    /// - Throws: ``TraciError/refused(command:reason:)`` when there is no such option.
    public func option(_ name: String) async throws -> String {
        try await get(TraciVariable<Traci.Simulation, String>(text: 0x32), of: TraciID(name))
    }
}
