import NIOCore

extension TraciConnection {
    /// All of a simulation's time: subscriptions without a bound.
    private static let always = (begin: 0.0, end: 1e9)

    /// Has variables of an object reported with every step from now on, in place of those that were before.
    ///
    /// - Returns: The values at this moment.
    /// - Throws: ``TraciError/refused(command:reason:)`` when SUMO knows no such object, or another ``TraciError``.
    @discardableResult
    public func subscribe<Domain, each Value>(
        _ object: TraciID<Domain>, to variables: repeat TraciVariable<Domain, each Value>
    ) async throws -> TraciStep {
        try await subscribe(each: [object], to: repeat each variables)
    }

    /// The same for many objects, in one round trip.
    ///
    /// - Throws: ``TraciError`` of the first object that was refused.
    @discardableResult
    public func subscribe<Domain, each Value>(
        each objects: [TraciID<Domain>], to variables: repeat TraciVariable<Domain, each Value>
    ) async throws -> TraciStep {
        var codes: [UInt8] = []
        for variable in repeat each variables { codes.append(variable.code) }
        return try await exchangeSubscriptions(
            objects.map {
                .subscribe(
                    domain: Domain.code, object: $0.text, variables: codes, begin: Self.always.begin,
                    end: Self.always.end)
            }, isAnswered: !codes.isEmpty)
    }

    /// Has variables of the simulation reported with every step from now on.
    ///
    /// - Returns: The values at this moment.
    /// - Throws: ``TraciError``.
    @discardableResult
    public func subscribe<each Value>(
        to variables: repeat TraciVariable<Traci.Simulation, each Value>
    ) async throws -> TraciStep {
        try await subscribe(.none, to: repeat each variables)
    }

    /// Has variables of all objects of a domain reported that are within a distance, m, of an object.
    ///
    /// - Returns: The values at this moment.
    /// - Throws: ``TraciError``.
    @discardableResult
    public func subscribe<Ego, Domain, each Value>(
        around object: TraciID<Ego>, within distance: Double,
        to variables: repeat TraciVariable<Domain, each Value>
    ) async throws -> TraciStep {
        var codes: [UInt8] = []
        for variable in repeat each variables { codes.append(variable.code) }
        return try await exchangeSubscriptions(
            [
                .subscribeContext(
                    domain: Ego.code, object: object.text, objects: Domain.code, within: distance, variables: codes,
                    begin: Self.always.begin, end: Self.always.end)
            ], isAnswered: !codes.isEmpty)
    }

    /// Ends the subscription to variables of an object.
    ///
    /// - Throws: ``TraciError``.
    public func unsubscribe<Domain>(_ object: TraciID<Domain>) async throws {
        _ = try await exchangeSubscriptions(
            [.subscribe(domain: Domain.code, object: object.text, variables: [], begin: 0, end: 0)],
            isAnswered: false)
    }

    /// Ends the subscription to objects of a domain around an object.
    ///
    /// - Throws: ``TraciError``.
    public func unsubscribe<Domain, Ego>(_ domain: Domain.Type, around object: TraciID<Ego>) async throws
    where Domain: TraciDomain {
        _ = try await exchangeSubscriptions(
            [
                .subscribeContext(
                    domain: Ego.code, object: object.text, objects: Domain.code, within: 0, variables: [], begin: 0,
                    end: 0)
            ], isAnswered: false)
    }

    private func exchangeSubscriptions(_ commands: [TraciCommand], isAnswered: Bool) async throws -> TraciStep {
        guard !commands.isEmpty else { return TraciStep([]) }
        var answer = try await exchange(commands)
        var answers: [TraciSubscriptionAnswer] = []
        for command in commands {
            try TraciResponse.readStatus(of: command.code, from: &answer)
            if isAnswered { answers.append(try TraciSubscriptionAnswer.read(from: &answer)) }
        }
        return TraciStep(answers)
    }
}
