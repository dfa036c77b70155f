import NIOCore

/// One answer of SUMO within a message: a number and what belongs to it.
struct TraciResponse: Equatable {
    let code: UInt8
    var content: ByteBuffer

    /// Takes the next answer from a message.
    ///
    /// - Throws: ``TraciError/malformed(expected:found:)``.
    static func read(from message: inout ByteBuffer) throws(TraciError) -> TraciResponse {
        var header = 1
        var length = Int(try message.readTraciInteger("the length of an answer", as: UInt8.self))
        if length == 0 {
            header = 5
            length = Int(try message.readTraciInteger("the length of an answer", as: Int32.self))
        }
        let rest = length - header
        guard rest >= 1, rest <= message.readableBytes else {
            throw .malformed(
                expected: "an answer of \(header + 1) … \(message.readableBytes + header) bytes", found: "\(length)")
        }
        guard var content = message.readSlice(length: rest) else {
            throw .malformed(expected: "an answer", found: "the end of the message")
        }
        return TraciResponse(code: try content.readTraciInteger("the number of an answer"), content: content)
    }

    /// Takes the status that SUMO gives of every command.
    ///
    /// - Throws: ``TraciError`` with SUMO's reason when the command was not carried out.
    static func readStatus(of command: UInt8, from message: inout ByteBuffer) throws(TraciError) {
        var response = try read(from: &message)
        guard response.code == command else {
            throw .malformed(
                expected: "the status of command 0x\(String(command, radix: 16))",
                found: "that of 0x\(String(response.code, radix: 16))")
        }
        let status = try response.content.readTraciInteger("a status", as: UInt8.self)
        let reason = try response.content.readTraciText("the description of a status")
        switch status {
        case 0: return
        case 1: throw .notImplemented(command: command, reason: reason)
        default: throw .refused(command: command, reason: reason)
        }
    }

    /// Takes the answer to a question for a variable.
    static func readValue(of command: UInt8, variable: UInt8, from message: inout ByteBuffer) throws(TraciError)
        -> TraciValue
    {
        var response = try read(from: &message)
        guard response.code == command + 0x10 else {
            throw .malformed(
                expected: "the answer 0x\(String(command + 0x10, radix: 16))",
                found: "0x\(String(response.code, radix: 16))")
        }
        let found = try response.content.readTraciInteger("the number of a variable", as: UInt8.self)
        guard found == variable else {
            throw .malformed(
                expected: "variable 0x\(String(variable, radix: 16))", found: "0x\(String(found, radix: 16))")
        }
        _ = try response.content.readTraciText("the name of an object")
        return try response.content.readTraciValue()
    }
}
