import NIOCore
import NIOEmbedded
import Testing

@testable import ControllerLink

@Suite("Lines out of bytes")
struct LineHandlerTests {
    private static func channel(_ change: (inout LinkLimits) -> Void = { _ in }) throws -> EmbeddedChannel {
        var limits = LinkLimits()
        limits.greatestLine = 20
        limits.longestLineTime = 2
        limits.messagesPerSecond = 10
        limits.burst = 5
        change(&limits)
        return EmbeddedChannel(handler: LineHandler(limits: limits))
    }

    private static func lines(_ channel: EmbeddedChannel) throws -> [String] {
        var lines: [String] = []
        while let line = try channel.readInbound(as: ByteBuffer.self) { lines.append(String(buffer: line)) }
        return lines
    }

    @Test("Lines come whole however the bytes arrive")
    func whole() throws {
        let expected = "one,two,,three and a half"
        let text = expected.split(separator: ",", omittingEmptySubsequences: false).map { $0 + "\n" }.joined()
        for size in 1...text.utf8.count {
            let channel = try Self.channel()
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                try channel.writeInbound(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(try Self.lines(channel).joined(separator: ",") == expected)
        }
    }

    @Test("A line that is too long ends the connection, finished or not", arguments: ["", "\n"])
    func tooLong(end: String) throws {
        let channel = try Self.channel()
        #expect(throws: LinkError.lineTooLong(limit: 20)) {
            try channel.writeInbound(ByteBuffer(string: String(repeating: "x", count: 21) + end))
        }
        #expect(!channel.isActive)
        #expect(try Self.lines(channel) == [])
    }

    @Test("A line that comes drop by drop ends the connection")
    func tooSlow() throws {
        let channel = try Self.channel()
        for _ in 0..<4 {
            try channel.writeInbound(ByteBuffer(string: "x"))
            channel.embeddedEventLoop.advanceTime(by: .milliseconds(450))
        }
        #expect(throws: Never.self) { try channel.throwIfErrorCaught() }
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(300))
        #expect(throws: LinkError.lineTooSlow(limit: 2)) { try channel.throwIfErrorCaught() }
    }

    @Test("More messages than may come at once end the connection; at the rate that is allowed they pass")
    func tooMany() throws {
        let patient = try Self.channel()
        for _ in 0..<100 {
            try patient.writeInbound(ByteBuffer(string: "x\n"))
            patient.embeddedEventLoop.advanceTime(by: .milliseconds(100))
        }
        #expect(try Self.lines(patient).count == 100)
        let flood = try Self.channel()
        #expect(throws: LinkError.tooManyMessages(perSecond: 10)) {
            try flood.writeInbound(ByteBuffer(string: String(repeating: "x\n", count: 6)))
        }
        #expect(try Self.lines(flood).count == 5)
    }
}
