import Centre
import CentreStore
import PlanAdaptation
import Reports
import SafetyGuard
import SignalModel

extension CityCentre {
    /// The end of the period that a decision at a time looks at, s of network time.
    func decisionTime(at time: Double) -> Double {
        let every = settings.adaptation?.every ?? 300
        return ((time - CentreSettings.readingDelay) / every).rounded(.down) * every
    }

    /// Whether a period has ended that nothing was decided on; the first one waits until enough was counted.
    func isDecisionDue(at time: Double) -> Bool {
        let end = decisionTime(at: time)
        if let lastDecision { return end > lastDecision }
        guard let firstCount else { return false }
        // Less than is ever looked at is less than a plan may rest on: streets may just have been filling up.
        return firstCount <= end - settings.window + CentreSettings.readingDelay
    }

    /// Looks at the demand, decides on the plan of every district, and leases what may run.
    func decide(at time: Double) async {
        let end = decisionTime(at: time)
        let start = max(end - settings.window, firstCount ?? 0)
        let (window, history, observer) = (window, history, observer)
        let offset = settings.localOffset
        let seen = await Task.detached { () -> (DemandPicture, DemandHistory)? in
            guard
                let picture = observer.picture(
                    from: start, to: end, window: window, history: history, localOffset: offset)
            else { return nil }
            var taught = history
            observer.teach(&taught, picture, localOffset: offset)
            return (picture, taught)
        }.value
        guard let (picture, taught) = seen else {
            for junction in boards.indices { setBasis(.unknown, of: junction) }
            return
        }
        self.picture = picture
        self.history = taught
        keep { try Self.keep(taught, in: $0) }
        for (junction, basis) in picture.basis.enumerated() { setBasis(basis, of: junction) }
        for district in districts.indices { await decide(district, picture, at: time) }
        await lookAtTraffic(picture.flows, at: time)
    }

    private func setBasis(_ basis: DemandBasis, of junction: Int) {
        let before = boards[junction].basis
        guard before != basis else { return }
        boards[junction].basis = basis
        record(
            basis > before ? .warning : .notice, .detectors, junction: network.junctions[junction].id,
            "demand is \(basis.rawValue), was \(before.rawValue)")
        changed(junction)
    }

    private func decide(_ number: Int, _ picture: DemandPicture, at time: Double) async {
        let district = districts[number]
        let unknown = district.junctions.count { picture.basis[$0] == .unknown }
        // Where more than half of a district is unseen, its plan stays as it is.
        guard !district.isHeld, 2 * unknown <= district.junctions.count else { return }
        let (network, all) = (network, picture.flows)
        let running = runningPlan
        let settings = settings
        let outcome = await Task.detached { () -> (DistrictAdaptation, NextPlan?, AdaptationDecision.Reason)? in
            let end = settings.adaptation?.deadline.map { ContinuousClock.now + .seconds($0) }
            let isStopped: @Sendable () -> Bool = { end.map { ContinuousClock.now >= $0 } ?? false }
            let flows = NetworkParts(network: network, flows: all).part(of: district.junctions).flows
            if var adaptation = district.adaptation {
                let decision = adaptation.decide(at: time.rounded(), flows: flows, isStopped: isStopped)
                return (adaptation, NextPlan(decision), decision.reason)
            }
            guard
                let next = NextPlan.sought(
                    for: district.network, flows, from: running, settings: settings, isStopped: isStopped),
                let adaptation = Self.adaptation(from: next.plan, of: district.network, settings, usual: flows)
            else { return nil }
            return (adaptation, next, .gain)
        }.value
        // A person's word that came during the search has the last say.
        guard !districts[number].isHeld, isRunning(running, at: district.junctions) else {
            return record(
                .notice, .plan, junction: nil, "\(district.name): what was found is dropped: another order came")
        }
        guard let (adaptation, next, reason) = outcome else {
            return record(.warning, .plan, junction: nil, "\(district.name): no plan was found")
        }
        if reason == .unusableFlows {
            record(.warning, .plan, junction: nil, "\(district.name): the plan stays: what was measured cannot be used")
        }
        if let next { take(next, adaptation, of: number, at: time) } else { districts[number].adaptation = adaptation }
    }

    /// Whether some junctions are leased what a plan has for them.
    private func isRunning(_ plan: Plan, at junctions: [Int]) -> Bool {
        let timings = plan.timings
        return junctions.allSatisfy { book[network.junctions[$0].id].plan == timings[network.junctions[$0].id] }
    }

    private func take(_ next: NextPlan, _ adaptation: DistrictAdaptation, of number: Int, at time: Double) {
        let name = districts[number].name
        let junctions = districts[number].junctions.map { network.junctions[$0] }
        let violations = unsafe(next.plan, at: junctions)
        guard violations.isEmpty else {
            // The safety guard has the last word; the district goes on as if nothing had been proposed.
            return record(.alarm, .plan, junction: nil, "\(name): a proposed plan was refused: \(violations[0])")
        }
        let content = Proposal.Content(
            district: name, origin: ProposalOrigin(next.maker), plan: CentreJSON.text(next.plan),
            delayBefore: next.delayBefore, delayAfter: next.delayAfter, time: time, reason: next.reason)
        if settings.adaptation?.approval == .engineer, districts[number].proposal != nil,
            (0..<CentreSettings.considerationTime).contains(time - districts[number].proposed)
        {
            // Nobody can judge plans that are withdrawn every few minutes.
            return learn(adaptation, of: number)
        }
        guard let id = keep({ try $0.propose(content) }) else { return }
        withdrawProposal(of: number, at: time)
        if settings.adaptation?.approval == .engineer {
            districts[number].proposal = id
            districts[number].proposed = time
            learn(adaptation, of: number)
            record(.notice, .plan, junction: nil, "\(name): plan \(id) waits for an engineer: \(next.reason)")
            changed(nil)
        } else {
            districts[number].adaptation = adaptation
            keep { try $0.decide(id, .approved, by: Self.itself, at: time, reason: "automatic") }
            run(
                next.plan, of: number,
                origin: .init(maker: next.maker, time: time, reason: next.reason, proposal: id))
        }
    }

    /// Keeps what was learned of the demand, though the plan that was decided does not run yet.
    private func learn(_ adaptation: DistrictAdaptation, of number: Int) {
        var learned = adaptation
        do {
            try learned.resume(with: runningPlan)
            districts[number].adaptation = learned
        } catch {
            // The plan that runs cannot be followed: the next decision seeks one from nothing again.
            districts[number].adaptation = nil
        }
    }

    /// The centre, where it decides by itself.
    static let itself = AuditActor(name: "centre", role: "centre")

    /// What the guard refuses of a plan at some junctions.
    ///
    /// The way from one plan to another is the controllers' own, who judge every second of it.
    func unsafe(_ plan: Plan, at junctions: [Junction]) -> [Violation] {
        let timings = plan.timings
        return junctions.flatMap { junction in
            timings[junction.id].map { SafetyGuard.violations(of: $0, at: junction) } ?? []
        }
    }

    /// Leases a plan from now on.
    func run(_ plan: Plan, of district: Int?, origin: LeaseBook.Origin) {
        book.assign(plan.junctions, origin: origin)
        heard.plans += 1
        if let district {
            if let old = districts[district].running {
                keep { try $0.decide(old, .released, by: Self.itself, at: now, reason: "another plan follows") }
            }
            districts[district].running = origin.proposal
        }
        keep { try Self.keep(runningPlan, in: $0) }
        keepOrigins()
        let junctions = plan.junctions.compactMap { indexOfJunction[$0.junction] }
        renew(junctions, at: now)
        for junction in junctions { changed(junction) }
        record(.notice, .plan, junction: nil, "\(junctions.count.counted("junction")): \(origin.reason)")
    }

    func withdrawProposal(of district: Int, at time: Double) {
        guard let old = districts[district].proposal else { return }
        districts[district].proposal = nil
        keep { try $0.decide(old, .rejected, by: Self.itself, at: time, reason: "a newer plan was proposed") }
    }

    /// What the controllers are leased, or would be.
    var runningPlan: Plan {
        Plan(network: network.name, name: "running", junctions: network.junctions.compactMap { book[$0.id].plan })
    }
}
