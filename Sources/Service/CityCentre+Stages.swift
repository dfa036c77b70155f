import AdaptiveControl
import Centre
import ControllerLink
import SignalModel
import StageControl

extension CityCentre {
    /// Leases what control of the second wants after a second that a controller tells of, or the plan where it wants nothing.
    func steer(_ junction: Int, after status: EdgeMessage.Status) {
        let id = network.junctions[junction].id
        guard let decision = stages?.decide(status, at: junction), !districts[districtOf[junction]].isHeld else {
            guard book[id].groups != nil else { return }
            book.releaseGroups(id)
            record(.warning, .lease, junction: id, "control of the second rests: the plan runs")
            return renew([junction], at: now)
        }
        guard book.isDue(id, groups: decision.groups, at: now), let peer = boards[junction].peer else { return }
        if book[id].groups == nil { record(.notice, .lease, junction: id, "control of the second begins") }
        peer.send(book.issue(id, groups: decision.groups, at: now))
    }

    /// Lets the plan run for a while where a controller has refused what control of the second wanted.
    func rest(_ junction: Int) {
        stages?.rest(junction)
        book.releaseGroups(network.junctions[junction].id)
    }

    /// Takes a request for priority at a junction, or news of one.
    ///
    /// - Throws: ``CentreError`` where there is no such junction, or no control of the second at it; `PriorityError`.
    public func request(_ request: PriorityRequest, at id: JunctionID, by requester: Requester) throws {
        let junction = try controlled(id)
        // A bus tells of its arrival again and again: who reads events wants to know that it asks.
        guard try stages?.request(request, at: junction, time: now) ?? false else { return }
        record(
            .notice, .plan, junction: id,
            "priority for \(request.kind.rawValue) \(request.id), \(request.movement), asked by \(requester.name)")
    }

    /// Takes note that a vehicle which asked for priority has passed.
    ///
    /// - Throws: ``CentreError/notFound(_:)``.
    public func endRequest(_ request: String, at id: JunctionID) throws {
        let junction = try controlled(id)
        guard stages?.endRequest(request, at: junction) ?? false else {
            throw CentreError.notFound("request \(Problem.quoted(request))")
        }
    }

    /// The position of a junction that there is control of the second at.
    private func controlled(_ id: JunctionID) throws -> Int {
        guard let junction = indexOfJunction[id] else {
            throw CentreError.notFound("junction \(Problem.quoted(id.text))")
        }
        guard stages?.decisions(at: junction) != nil else {
            throw CentreError.notFound("control of the second at junction \(Problem.quoted(id.text))")
        }
        return junction
    }

    /// What control of the second decided last at a junction, the newest first, with what else it could have wanted.
    ///
    /// - Throws: ``CentreError/notFound(_:)`` where there is no such junction, or no control of the second at it.
    public func decisions(at id: JunctionID, limit: Int) throws -> [StageDecision] {
        Array((stages?.decisions(at: try controlled(id)) ?? []).prefix(limit))
    }
}
