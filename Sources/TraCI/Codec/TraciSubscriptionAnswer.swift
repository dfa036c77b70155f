import NIOCore

/// What a subscription brings after a step.
struct TraciSubscriptionAnswer: Equatable {
    /// A value, or SUMO's reason for having none.
    typealias Reading = Result<TraciValue, TraciError>

    /// Domain of the object that was subscribed to.
    let domain: UInt8
    let object: String
    /// The domain of the objects around it, for a subscription to those.
    let objects: UInt8?
    /// Readings by the name of the object and the number of the variable.
    let readings: [String: [UInt8: Reading]]

    /// - Throws: ``TraciError/malformed(expected:found:)``.
    static func read(from message: inout ByteBuffer) throws(TraciError) -> TraciSubscriptionAnswer {
        var response = try TraciResponse.read(from: &message)
        let isContext = response.code & 0xf0 == 0x90
        guard isContext || response.code & 0xf0 == 0xe0 else {
            throw .malformed(
                expected: "the answer of a subscription", found: "0x\(String(response.code, radix: 16))")
        }
        let object = try response.content.readTraciText("the name of an object")
        let around = isContext ? try response.content.readTraciInteger("a domain", as: UInt8.self) & 0x0f : nil
        let variables = Int(try response.content.readTraciInteger("a number of variables", as: UInt8.self))
        var readings: [String: [UInt8: Reading]] = [:]
        if isContext {
            // Each has at least the length of its name, and for each variable its number, status, type and a byte.
            let count = try response.content.readTraciCount("a number of objects", leastSize: 4 + 4 * variables)
            for _ in 0..<count {
                let name = try response.content.readTraciText("the name of an object")
                readings[name] = try read(variables, from: &response.content)
            }
        } else {
            readings[object] = try read(variables, from: &response.content)
        }
        return TraciSubscriptionAnswer(
            domain: response.code & 0x0f, object: object, objects: around, readings: readings)
    }

    private static func read(_ count: Int, from content: inout ByteBuffer) throws(TraciError) -> [UInt8: Reading] {
        var result: [UInt8: Reading] = [:]
        for _ in 0..<count {
            let variable = try content.readTraciInteger("the number of a variable", as: UInt8.self)
            let status = try content.readTraciInteger("a status", as: UInt8.self)
            let value = try content.readTraciValue()
            if status == 0 {
                result[variable] = .success(value)
            } else if case .string(let reason) = value {
                result[variable] = .failure(.refused(command: variable, reason: reason))
            } else {
                throw .malformed(expected: "a reason", found: "\(value.kind)")
            }
        }
        return result
    }
}
