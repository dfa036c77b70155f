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

    /// What control of the second decided last at a junction, the newest first, with what else it could have wanted.
    ///
    /// - Throws: ``CentreError/notFound(_:)`` where there is no such junction, or no control of the second at it.
    public func decisions(at id: JunctionID, limit: Int) throws -> [StageDecision] {
        guard let junction = indexOfJunction[id] else {
            throw CentreError.notFound("junction \(Problem.quoted(id.text))")
        }
        guard let decisions = stages?.decisions(at: junction) else {
            throw CentreError.notFound("control of the second at junction \(Problem.quoted(id.text))")
        }
        return Array(decisions.prefix(limit))
    }
}
