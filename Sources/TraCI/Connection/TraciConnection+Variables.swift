import NIOCore

extension TraciConnection {
    /// The values of variables of an object, in one round trip.
    ///
    /// - Throws: ``TraciError/refused(command:reason:)`` when SUMO knows no such object, or another ``TraciError``.
    public func get<Domain, each Value>(
        _ variables: repeat TraciVariable<Domain, each Value>, of object: TraciID<Domain>
    ) async throws -> (repeat each Value) {
        try await get(repeat each variables, ofEach: [object])[0]
    }

    /// The value of a variable of the simulation, or of one that is of no object, such as the list of all.
    ///
    /// - Throws: ``TraciError``.
    public func get<Domain, Value>(_ variable: TraciVariable<Domain, Value>) async throws -> Value {
        try await get(variable, of: .none)
    }

    /// The values of variables of many objects, a row for each object in their order, in one round trip.
    ///
    /// - Throws: ``TraciError`` of the first object that has none.
    public func get<Domain, each Value>(
        _ variables: repeat TraciVariable<Domain, each Value>, ofEach objects: [TraciID<Domain>]
    ) async throws -> [(repeat each Value)] {
        guard !objects.isEmpty else { return [] }
        var commands: [TraciCommand] = []
        for object in objects {
            for variable in repeat each variables {
                commands.append(.get(domain: Domain.code, variable: variable.code, object: object.text))
            }
        }
        var answer = try await exchange(commands)
        var rows: [(repeat each Value)] = []
        rows.reserveCapacity(objects.count)
        for _ in objects { rows.append((repeat try Self.take(each variables, from: &answer))) }
        return rows
    }

    private static func take<Domain, Value>(
        _ variable: TraciVariable<Domain, Value>, from answer: inout ByteBuffer
    ) throws(TraciError) -> Value {
        let command = 0xa0 | Domain.code
        try TraciResponse.readStatus(of: command, from: &answer)
        return try variable.decode(
            TraciResponse.readValue(of: command, variable: variable.code, from: &answer))
    }

    /// Sets a variable of an object.
    ///
    /// - Throws: ``TraciError/refused(command:reason:)`` with SUMO's reason, or another ``TraciError``.
    public func set<Domain, Value>(
        _ setting: TraciSetting<Domain, Value>, of object: TraciID<Domain>, to value: Value
    ) async throws {
        try await apply([TraciChange(setting, of: object, to: value)])
    }

    /// Sets many variables in one round trip.
    ///
    /// SUMO carries out all that it can; those after a refused one too.
    /// - Throws: ``TraciError`` of the first that was refused.
    public func apply(_ changes: [TraciChange]) async throws {
        guard !changes.isEmpty else { return }
        var answer = try await exchange(changes.map(\.command))
        for change in changes { try TraciResponse.readStatus(of: change.command.code, from: &answer) }
    }
}
