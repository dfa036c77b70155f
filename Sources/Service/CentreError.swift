import SafetyGuard
import SignalModel

/// Why a centre cannot work as it is told to, or a command cannot be carried out.
public enum CentreError: Error, Equatable, Sendable {
    /// The plan to begin with, or one that is to be run, breaks rules.
    case unsafePlan([Violation])
    /// A district names a junction that the network does not have.
    case unknownJunction(JunctionID, district: String)
    /// Two districts have a junction.
    case junctionInTwoDistricts(JunctionID)
    /// No district has a junction.
    case junctionWithoutDistrict(JunctionID)
    /// A junction has no present program to begin with, and there is no plan.
    case noPlan
    /// There is none of that name or number.
    case notFound(String)
    /// It cannot be done in the state that things are in.
    case conflict(String)
    /// Nothing has been counted yet.
    case noDemand
    /// An address that the configuration names cannot be listened at.
    case cannotListen(String)
    /// Certificates that the configuration names cannot be used.
    case badCertificates(field: String, reason: String)
}

extension CentreError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .unsafePlan(let violations):
            "the plan breaks rules: " + violations.prefix(10).map(\.description).joined(separator: "; ")
        case .unknownJunction(let junction, let district):
            "district \(Problem.quoted(district)): the network has no junction \(Problem.quoted(junction.text))"
        case .junctionInTwoDistricts(let junction): "junction \(Problem.quoted(junction.text)) is in two districts"
        case .junctionWithoutDistrict(let junction): "junction \(Problem.quoted(junction.text)) is in no district"
        case .noPlan: "the network's junctions have no present programs, and no plan is given"
        case .notFound(let what): "there is no \(what)"
        case .conflict(let reason): reason
        case .noDemand: "nothing has been counted yet"
        case .cannotListen(let reason): "an address cannot be listened at: \(reason)"
        case .badCertificates(let field, let reason): "\(field): \(reason)"
        }
    }
}
