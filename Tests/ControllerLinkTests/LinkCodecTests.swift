import ControllerLink
import SignalModel
import TestSupport
import Testing

/// One message of every kind, with every field.
enum EveryMessage {
    static let centre: [CentreMessage] = [
        .welcome(.init(version: 1, heartbeat: 5)),
        .lease(
            Lease(junction: "J", sequence: 3, issued: 10, expires: 20.5, content: .plan(SmallNetwork.timing))),
        .lease(Lease(junction: "J", sequence: 4, issued: 10, expires: 20, content: .groups(["main", "walk"]))),
        .lease(Lease(junction: "J", sequence: 5, issued: 10, expires: 20, content: .fallback)),
        .heartbeat(.init(time: 12.25)), .acknowledge(.init(number: 7)), .goodbye(Goodbye(reason: "maintenance")),
    ]
    static let edge: [EdgeMessage] =
        [
            .hello(.init(versions: [1, 2], junction: "J \"1\"\n", software: "test", lastSequence: 9)),
            .status(.init(time: 5, running: .plan, lease: 3, aspects: LampAspect.allCases)),
            .status(.init(time: 6, running: .fallback, lease: nil, aspects: [])),
            .readings(.init(time: 300, readings: SmallNetwork.counts.readings)),
            .answer(.accepted(3)), .answer(.refused(4, .unsafe, "why")), .goodbye(Goodbye(reason: "")),
        ]
        + EdgeReport.Event.allCases.map { .report(EdgeReport(event: $0, time: 1, detail: "x")) }
    static let feed: [FeedMessage] = [
        .hello(.init(versions: [1, 3], source: "loops \"A\"", token: "t\u{1F6A6}")),
        .readings(.init(time: 300, readings: SmallNetwork.counts.readings)), .heartbeat(.init(time: 1.5)),
        .goodbye(Goodbye(reason: "done")),
    ]
    static let feedAnswers: [FeedAnswer] = [
        .welcome(.init(version: 1, window: 64, heartbeat: 5)), .acknowledge(.init(number: 3)),
        .heartbeat(.init(time: 2)), .goodbye(Goodbye(reason: "unknown token")),
    ]
}

@Suite("Messages as lines")
struct LinkCodecTests {
    @Test("Every message is read as it was written, on one line")
    func roundTrip() throws {
        func check<Message: LinkMessage>(_ messages: [Message]) throws {
            for (number, message) in messages.enumerated() {
                let line = try LinkCodec.line(message, number: number + 1)
                #expect(line.filter { $0 == "\n" }.count == 1 && line.hasSuffix("\n"))
                let read = try LinkCodec.read(Message.self, from: line.utf8.dropLast())
                #expect(read.number == number + 1)
                #expect(read.message == message)
            }
        }
        try check(EveryMessage.centre)
        try check(EveryMessage.edge)
        try check(EveryMessage.feed)
        try check(EveryMessage.feedAnswers)
    }

    @Test(
        "What is no message says where it is wrong",
        arguments: [
            ("", "not JSON"), ("{}", ".number"), ("{\"number\": 1}", ".type"), ("[1]", "at "),
            ("{\"number\": 1.5, \"type\": \"heartbeat\", \"time_s\": 1}", "not"),
            ("{\"number\": 1, \"type\": \"heartbeat\"}", ".time_s"),
            ("{\"number\": 1, \"type\": \"lease\", \"junction\": \"J\"}", ".sequence"),
            ("{\"number\": 1, \"type\": \"sing\"}", ".type"),
        ])
    func malformed(line: String, reason: String) {
        let error = #expect(throws: LinkError.self) { try LinkCodec.read(CentreMessage.self, from: line.utf8) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.isBreach == true)
    }

    @Test(
        "A sequence number that leaves no room for another is no message",
        arguments: [-1, Int.max, Int.max - 1, 1 << 54])
    func absurdSequence(number: Int) throws {
        func line(_ number: Int) throws -> String {
            try LinkCodec.line(
                EdgeMessage.hello(.init(versions: [1], junction: "J", software: "x", lastSequence: number)), number: 1)
        }
        let error = #expect(throws: LinkError.self) {
            try LinkCodec.read(EdgeMessage.self, from: try line(number).utf8.dropLast())
        }
        #expect(error?.description.contains(".lastSequence") == true && error?.isBreach == true)
        #expect(throws: Never.self) {
            try LinkCodec.read(EdgeMessage.self, from: try line(Lease.greatestSequence).utf8.dropLast())
        }
    }
}
