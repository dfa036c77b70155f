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

    /// Simulates one step, or all steps up to a time, s, and returns what the subscriptions bring of the last.
    ///
    /// A time that has been passed already does nothing.
    /// - Throws: ``TraciError``.
    public func step(to time: Double? = nil) async throws -> TraciStep {
        var answer = try await exchange([.step(to: time ?? 0)])
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
