import CentreStore

extension CityCentre {
    /// Takes up the proposals that waited before the process ended, of each district the newest; nobody needs older ones.
    static func takeUpProposals(in store: CentreStore, _ districts: inout [District], at time: Double) throws {
        for proposal in try store.proposals(state: .proposed) {
            let district = districts.firstIndex { $0.name == proposal.content.district }
            if let district, districts[district].proposal == nil {
                districts[district].proposal = proposal.id
                districts[district].proposed = proposal.content.time
            } else {
                let reason = district == nil ? "the district is no more" : "a newer plan was proposed"
                try store.decide(proposal.id, .rejected, by: itself, at: time, reason: reason)
            }
        }
    }

    /// Takes note that a proposal waits no longer; another one of the district may.
    func forget(proposal id: Int, of district: Int) {
        if districts[district].proposal == id { districts[district].proposal = nil }
    }
}
