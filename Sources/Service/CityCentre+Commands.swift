import Centre
import CentreStore
import ControllerLink
import Foundation
import Reports
import SafetyGuard
import SignalModel

/// What may be done with a proposed plan.
public enum ProposalOrder: String, Codable, Sendable, CaseIterable {
    /// Run it.
    case approve
    /// Never run it.
    case reject
}

extension CityCentre {
    /// Approves or rejects a proposed plan.
    ///
    /// - Throws: ``CentreError`` where there is none, it was decided on before, or the guard refuses it now.
    public func decide(proposal id: Int, _ order: ProposalOrder, by requester: Requester, reason: String) throws {
        let proposal = try self.proposal(id)
        let time = now
        let district = districts.firstIndex { $0.name == proposal.content.district }
        switch order {
        case .reject:
            try decide(id, .rejected, by: requester, reason: reason)
            if let district { forget(proposal: id, of: district) }
        case .approve:
            let plan = try CentreJSON.plan(proposal.content.plan)
            let violations = violations(of: plan)
            guard violations.isEmpty else { throw CentreError.unsafePlan(violations) }
            try decide(id, .approved, by: requester, reason: reason)
            if let district {
                forget(proposal: id, of: district)
                districts[district].adaptation = Self.adaptation(from: plan, of: districts[district].network, settings)
            }
            run(
                plan, of: district,
                origin: .init(
                    maker: .init(proposal.content.origin), time: time, reason: proposal.content.reason, proposal: id))
        }
        record(.notice, .plan, junction: nil, "proposal \(id): \(order.rawValue) by \(requester.name)")
    }

    private func decide(_ id: Int, _ state: ProposalState, by requester: Requester, reason: String) throws {
        do {
            try store.decide(id, state, by: AuditActor(requester), at: now, reason: reason)
        } catch StoreError.forbiddenDecision(let id, let from, _) {
            throw CentreError.conflict("proposal \(id) is \(from.rawValue) already")
        }
    }

    /// Has a district keep its plan, or lets it follow demand again.
    public func hold(district name: String, _ isHeld: Bool, by requester: Requester, reason: String) throws {
        guard let district = districts.firstIndex(where: { $0.name == name }) else {
            throw CentreError.notFound("district \(Problem.quoted(name))")
        }
        try audit(requester, isHeld ? "district.held" : "district.released", "district \(name)", reason)
        districts[district].isHeld = isHeld
        keepOrders()
        record(.notice, .plan, junction: nil, "\(name): \(isHeld ? "held" : "released") by \(requester.name)")
        changed(nil)
    }

    /// Has a junction run its fallback programme, or lets it run its plan again.
    public func force(_ junction: JunctionID, toFallback: Bool, by requester: Requester, reason: String) throws {
        guard let number = indexOfJunction[junction] else {
            throw CentreError.notFound("junction \(Problem.quoted(junction.text))")
        }
        try audit(requester, toFallback ? "fallback.ordered" : "fallback.ended", "junction \(junction)", reason)
        book.force(junction, toFallback: toFallback)
        keepOrders()
        record(
            .notice, .plan, junction: junction,
            "\(toFallback ? "fallback ordered" : "fallback order ended") by \(requester.name)")
        renew([number], at: now)
        changed(number)
    }

    /// Runs a plan that an engineer brings.
    public func run(_ plan: Plan, by requester: Requester, reason: String) throws {
        let violations = violations(of: plan)
        guard violations.isEmpty else { throw CentreError.unsafePlan(violations) }
        try audit(requester, "plan.run", plan.name, reason)
        let time = now
        run(plan, of: nil, origin: .init(maker: .person, time: time, reason: "\(requester.name): \(reason)"))
        let running = runningPlan
        for number in districts.indices {
            districts[number].adaptation = Self.adaptation(from: running, of: districts[number].network, settings)
        }
    }

    /// A plan for some of the junctions, with what the others run.
    private func completed(_ plan: Plan) -> Plan {
        let timings = plan.timings
        return Plan(
            network: plan.network, name: plan.name, junctions: runningPlan.junctions.map { timings[$0.junction] ?? $0 })
    }

    /// What the guard refuses of a plan for some of the junctions.
    private func violations(of plan: Plan) -> [Violation] {
        SafetyGuard.violations(of: completed(plan), in: network)
    }

    /// What a plan would do to the demand of now; junctions that it does not have keep what they run.
    ///
    /// - Throws: ``CentreError`` where nothing was counted yet.
    public func whatIf(_ plan: Plan) async throws -> WhatIf {
        guard let flows = picture?.flows else { throw CentreError.noDemand }
        let violations = violations(of: plan).map(\.description)
        let (network, asked, running) = (network, completed(plan), runningPlan)
        return await Task.detached {
            WhatIf(
                violations: violations,
                report: PlanReport(network: network, flows: flows, plan: asked, present: running))
        }.value
    }

    /// Marks an alarm as seen.
    public func acknowledge(event id: Int, by requester: Requester) throws {
        do {
            try store.acknowledge(id, by: AuditActor(requester), at: now)
        } catch StoreError.alreadyAcknowledged(_, let by, _) {
            throw CentreError.conflict("event \(id) was acknowledged by \(by)")
        }
        changedRecords()
    }

    /// Makes a copy of the store beside it.
    ///
    /// - Returns: Its path.
    public func backUp(by requester: Requester) async throws -> String {
        let path = "\(store.path).\(Int(now)).backup"
        try audit(requester, "store.copied", path, "")
        try await ReadingWriter.blocking { [store] in try store.backup(to: path) }
        return path
    }

    /// Replaces the copy of the store at a path by a new one.
    func copyStore(to path: String) async {
        do {
            let fresh = path + ".new"
            try? FileManager.default.removeItem(atPath: fresh)
            try await ReadingWriter.blocking { [store] in try store.backup(to: fresh) }
            guard rename(fresh, path) == 0 else { throw CentreError.conflict("\(path) cannot be replaced") }
            log.info("the store was copied", metadata: ["path": "\(path)"])
        } catch {
            record(.alarm, .store, junction: nil, "no copy of the store: \(error)")
        }
    }

    /// Drops what is older than some ages, s.
    func prune(readings: Double, events: Double) async {
        let time = now
        // It takes its time, in which controllers wait for leases.
        let result = await Task { [store] in
            try await ReadingWriter.blocking {
                try store.prune(
                    readingsBefore: time - readings, eventsBefore: time - events, leasesBefore: time - events,
                    proposalsBefore: time - events)
            }
        }.result
        guard let gone = keep({ _ in try result.get() }), gone.openAlarms > 0 else { return }
        record(.warning, .store, junction: nil, "\(gone.openAlarms) alarms that nobody saw were too old to keep")
    }

    /// Writes down what somebody orders, before it is done: what cannot be written down is not done.
    private func audit(_ requester: Requester, _ action: String, _ subject: String, _ reason: String) throws {
        _ = try store.audit.append(
            AuditRecord(
                time: now, actor: AuditActor(requester), action: action, subject: subject,
                detail: CentreJSON.text(["reason": reason])))
    }
}

extension AuditActor {
    /// Somebody as the audit log calls them.
    init(_ requester: Requester) { self.init(name: requester.name, role: requester.role.rawValue) }
}

extension LeaseBook.Origin.Maker {
    /// The same as the store spells it.
    init(_ origin: ProposalOrigin) {
        switch origin {
        case .optimiser: self = .optimiser
        case .regulator: self = .regulator
        case .operator: self = .person
        }
    }
}

/// What a plan would do.
public struct WhatIf: Encodable, Sendable {
    /// What the safety guard refuses of it, in words; it can be run where there is nothing.
    public let violations: [String]
    /// Delays and more of the plan, and of what runs now as the present one.
    public let report: PlanReport
}
