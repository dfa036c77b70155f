import NIOCore
import NIOEmbedded
import Testing

@testable import TraCI

@Suite("Questions to SUMO and its answers")
struct TraciHandlerTests {
    /// A channel with the handler, and what was asked.
    private struct Line {
        let channel = EmbeddedChannel()

        init(limit: Int = 1000) throws {
            try channel.pipeline.syncOperations.addHandler(TraciHandler(framing: TraciFraming(limit: limit)))
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        }

        func ask(_ text: String) -> EventLoopFuture<ByteBuffer> {
            let answer = channel.eventLoop.makePromise(of: ByteBuffer.self)
            channel.writeAndFlush(
                TraciHandler.Request(message: ByteBuffer(string: text), answer: answer), promise: nil)
            return answer.futureResult
        }

        func receive(_ bytes: [UInt8]) throws { try channel.writeInbound(ByteBuffer(bytes: bytes)) }
    }

    @Test("Each question is framed, and answers go to the questions in order, however they are cut")
    func order() throws {
        let line = try Line()
        let first = line.ask("one")
        let second = line.ask("three")
        let sent = try #require(try line.channel.readOutbound(as: ByteBuffer.self))
        #expect(Array(sent.readableBytesView) == [0, 0, 0, 7] + Array("one".utf8))
        for byte: UInt8 in [0, 0, 0, 5, 1, 0, 0, 0, 6, 2, 3] { try line.receive([byte]) }
        #expect(try Array(first.wait().readableBytesView) == [1])
        #expect(try Array(second.wait().readableBytesView) == [2, 3])
    }

    @Test("When SUMO goes, all who wait are told, and those who ask later")
    func closing() throws {
        let line = try Line()
        let answers = [line.ask("a"), line.ask("b")]
        line.channel.pipeline.fireChannelInactive()
        for answer in answers + [line.ask("c")] {
            #expect(throws: TraciError.disconnected("SUMO closed it")) { try answer.wait() }
        }
    }

    @Test(
        "A length that cannot be one ends the connection",
        arguments: [[0, 0, 0, 3], [127, 255, 255, 255]] as [[UInt8]])
    func wrongLength(bytes: [UInt8]) throws {
        let line = try Line()
        let answer = line.ask("a")
        try line.receive(bytes)
        #expect(throws: TraciError.self) { try answer.wait() }
        #expect(!line.channel.isActive)
    }

    @Test("A message that nobody asked for ends the connection")
    func unasked() throws {
        let line = try Line()
        try line.receive([0, 0, 0, 5, 9])
        #expect(!line.channel.isActive)
        #expect(throws: TraciError.self) { try line.ask("a").wait() }
    }

    @Test("A question that is too long is refused and does no harm")
    func tooLong() throws {
        let line = try Line(limit: 10)
        #expect(throws: TraciError.tooLarge(length: 24, limit: 10)) {
            try line.ask(String(repeating: "x", count: 20)).wait()
        }
        let answer = line.ask("a")
        try line.receive([0, 0, 0, 5, 1])
        #expect(try answer.wait().readableBytes == 1)
    }
}
