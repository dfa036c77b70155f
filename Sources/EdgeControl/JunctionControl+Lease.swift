import ControllerLink
import SignalModel

extension JunctionControl {
    /// Judges a lease and runs it from the next second on, or refuses it.
    ///
    /// A lease that only comes too late, twice or out of order leaves everything as it is. One that asks for what may not
    /// be shown, or that no centre in its right mind would send, ends the lease that runs: the fallback programme takes
    /// over, as the centre is not to be trusted.
    ///
    /// - Parameter network: The time now, s of network time.
    public mutating func receive(_ lease: Lease, at network: Double) -> LeaseAnswer {
        let hadGroups = if case .groups? = running?.content { true } else { false }
        let answer = judge(lease, at: network)
        if answer.isAccepted {
            // Leases of groups follow each other every few seconds: only the first is news.
            if hadGroups, case .groups = lease.content { return answer }
            report(.leaseBegan, at: Int(network), "lease \(lease.sequence)")
            return answer
        }
        report(.leaseRefused, at: Int(network), "lease \(lease.sequence): \(answer.detail)")
        if answer.refusal?.isBreach ?? false { endLease() }
        return answer
    }

    private mutating func judge(_ lease: Lease, at network: Double) -> LeaseAnswer {
        func refused(_ refusal: LeaseAnswer.Refusal, _ detail: String) -> LeaseAnswer {
            .refused(lease.sequence, refusal, detail)
        }
        guard lease.junction == rules.junction.id else {
            return refused(.wrongJunction, "for junction \(Problem.quoted(lease.junction.text))")
        }
        guard lease.sequence > lastSequence else {
            return refused(.notNewer, "expected a sequence number above \(lastSequence)")
        }
        // Whoever has seen none cannot tell how many there have been.
        let most =
            lastSequence == 0
            ? Lease.greatestSequence : min(lastSequence + settings.greatestSequenceStep, Lease.greatestSequence)
        guard lease.sequence <= most else {
            return refused(.tooFarAhead, "expected at most \(most)")
        }
        if let refusal = judgeTimes(of: lease, at: network) { return refusal }
        // From here on the lease is one of this centre for this junction and this moment: older ones are out of date,
        // whatever becomes of it.
        lastSequence = lease.sequence
        guard !isDriverFailing else { return refused(.notReady, "the lamps cannot be driven") }
        switch lease.content {
        case .fallback:
            running = nil
            return .accepted(lease.sequence)
        case .groups(let ids): return judgeGroups(ids, of: lease)
        case .plan(let plan):
            do throws(PlanFault) {
                running = Running(lease: lease, content: .plan(try SecondPlan(plan, rules: rules)))
                return .accepted(lease.sequence)
            } catch {
                return refused(.unsafe, error.description)
            }
        }
    }

    private func judgeTimes(of lease: Lease, at network: Double) -> LeaseAnswer? {
        let longest: Double
        switch lease.content {
        case .plan, .fallback: longest = settings.longestPlanLease
        case .groups: longest = settings.longestGroupsLease
        }
        let length = lease.expires - lease.issued
        guard length > 0, length <= longest else {
            return .refused(lease.sequence, .badDuration, "expected more than 0 s and at most \(longest) s")
        }
        guard lease.issued <= network + settings.clockTolerance else {
            return .refused(lease.sequence, .issuedInFuture, "expected a time of issue of \(network) s or before")
        }
        guard lease.issued >= network - settings.greatestLeaseAge else {
            return .refused(
                lease.sequence, .issuedTooLongAgo, "expected at most \(settings.greatestLeaseAge) s ago")
        }
        guard lease.expires > network else { return .refused(lease.sequence, .lapsed, "it is \(network) s") }
        return nil
    }

    private mutating func judgeGroups(_ ids: [SignalGroupID], of lease: Lease) -> LeaseAnswer {
        var wanted = Array(repeating: false, count: rules.groups.count)
        for id in ids {
            guard let group = rules.indexOfGroup[id] else {
                return .refused(lease.sequence, .unsafe, "there is no group \(Problem.quoted(id.text))")
            }
            wanted[group] = true
        }
        let members = wanted.indices.filter { wanted[$0] }
        guard rules.areCompatible(members) else {
            return .refused(lease.sequence, .unsafe, "groups that may not be green together")
        }
        if let lamps, let clock, let starved = starved(lamps, wanted: wanted, at: clock.uptime) {
            return .refused(lease.sequence, .unsafe, "group \(starved) has been red for too long")
        }
        running = Running(lease: lease, content: .groups(wanted))
        return .accepted(lease.sequence)
    }
}

extension JunctionControl {
    /// Takes up a lease that was accepted before a restart, with the checks that any lease undergoes but for its age.
    ///
    /// - Parameter lastSequence: Greatest sequence number that was seen before the restart.
    public mutating func resume(_ lease: Lease, at network: Double, lastSequence: Int) -> LeaseAnswer {
        defer { self.lastSequence = max(self.lastSequence, lastSequence) }
        guard lease.expires > network, lease.issued <= network + settings.clockTolerance else {
            return .refused(lease.sequence, .lapsed, "it is \(network) s")
        }
        var renewed = lease
        renewed.issued = max(lease.issued, network - settings.greatestLeaseAge)
        return receive(renewed, at: network)
    }
}
