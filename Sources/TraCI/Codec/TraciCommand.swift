import NIOCore

/// One command of a message to SUMO: its number and what follows.
struct TraciCommand: Equatable, Sendable {
    /// Numbers of the commands that belong to no domain.
    enum Code {
        static let version: UInt8 = 0x00
        static let step: UInt8 = 0x02
        static let close: UInt8 = 0x7f
    }

    let code: UInt8
    let content: ByteBuffer

    static var version: TraciCommand { TraciCommand(code: Code.version, content: ByteBuffer()) }
    static var close: TraciCommand { TraciCommand(code: Code.close, content: ByteBuffer()) }

    /// Runs until a time, s; to 0 is one step.
    static func step(to time: Double) -> TraciCommand {
        var content = ByteBuffer()
        content.writeTraciDouble(time)
        return TraciCommand(code: Code.step, content: content)
    }

    static func get(domain: UInt8, variable: UInt8, object: String) -> TraciCommand {
        var content = ByteBuffer()
        content.writeInteger(variable)
        content.writeTraciText(object)
        return TraciCommand(code: 0xa0 | domain, content: content)
    }

    static func set(domain: UInt8, variable: UInt8, object: String, value: TraciValue) -> TraciCommand {
        var content = ByteBuffer()
        content.writeInteger(variable)
        content.writeTraciText(object)
        content.writeTraciValue(value)
        return TraciCommand(code: 0xc0 | domain, content: content)
    }

    /// Asks for variables of an object after every step from `begin` until `end`, s; for none ends it.
    static func subscribe(
        domain: UInt8, object: String, variables: [UInt8], begin: Double, end: Double
    ) -> TraciCommand {
        var content = ByteBuffer()
        content.writeTraciDouble(begin)
        content.writeTraciDouble(end)
        content.writeTraciText(object)
        content.writeInteger(UInt8(clamping: variables.count))
        content.writeBytes(variables)
        return TraciCommand(code: 0xd0 | domain, content: content)
    }

    /// The same for all objects of a domain within a distance, m, of an object.
    static func subscribeContext(
        domain: UInt8, object: String, objects: UInt8, within distance: Double, variables: [UInt8], begin: Double,
        end: Double
    ) -> TraciCommand {
        var content = ByteBuffer()
        content.writeTraciDouble(begin)
        content.writeTraciDouble(end)
        content.writeTraciText(object)
        // A domain is named by its command for variables here.
        content.writeInteger(0xa0 | objects)
        content.writeTraciDouble(distance)
        content.writeInteger(UInt8(clamping: variables.count))
        content.writeBytes(variables)
        return TraciCommand(code: 0x80 | domain, content: content)
    }

    /// The commands as the content of one message.
    static func message(_ commands: [TraciCommand]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for command in commands {
            let length = command.content.readableBytes + 2
            if length <= 255 {
                buffer.writeInteger(UInt8(length))
            } else {
                buffer.writeInteger(UInt8(0))
                buffer.writeInteger(Int32(clamping: length + 4))
            }
            buffer.writeInteger(command.code)
            buffer.writeImmutableBuffer(command.content)
        }
        return buffer
    }
}
