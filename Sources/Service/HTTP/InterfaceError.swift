import HTTPTypes
import Hummingbird

/// An answer that says why there is none.
struct InterfaceError: Error, HTTPResponseError {
    var status: HTTPResponse.Status
    var message: String

    init(_ status: HTTPResponse.Status, _ message: String) {
        self.status = status
        self.message = message
    }

    func response(from request: Request, context: some RequestContext) -> Response {
        JSONAnswer.response(["error": message], status: status)
    }
}

extension InterfaceError {
    /// What an error of the centre means to whoever asked.
    init(_ error: CentreError) {
        switch error {
        case .notFound: self.init(.notFound, error.description)
        case .conflict, .noDemand: self.init(.conflict, error.description)
        case .unsafePlan, .unknownJunction, .junctionInTwoDistricts, .junctionWithoutDistrict, .noPlan, .cannotListen,
            .badCertificates:
            self.init(.unprocessableContent, error.description)
        }
    }
}
