import NIOCore
import TestSupport
import Testing

@testable import TraCI

@Suite("Bytes of the TraCI protocol")
struct TraciCodecTests {
    @Test("Every value that is written comes back, and nothing is left over", arguments: 0..<500)
    func roundTrip(seed: UInt64) throws {
        var source = RandomValues(random: SplitMix64(seed: seed))
        let value = source.value()
        var buffer = ByteBuffer()
        buffer.writeTraciValue(value)
        let found = try buffer.readTraciValue()
        #expect(found == value)
        #expect(buffer.readableBytes == 0)
    }

    @Test("A value that is cut short anywhere is an error", arguments: 0..<100)
    func cutShort(seed: UInt64) throws {
        var source = RandomValues(random: SplitMix64(seed: seed))
        var buffer = ByteBuffer()
        buffer.writeTraciValue(source.value())
        for length in 0..<min(buffer.readableBytes, 400) {
            var part = try #require(buffer.getSlice(at: buffer.readerIndex, length: length))
            #expect(throws: TraciError.self) { try part.readTraciValue() }
        }
    }

    @Test("Bytes at random are a value or an error, in every place", arguments: 0..<2000)
    func garbage(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 0...200, using: &random)
        // Small numbers are more likely to be types, lengths and counts that lead somewhere.
        let bytes = (0..<count).map { _ in
            UInt8.random(in: 0...(random.chance(0.7) ? 0x12 : 0xff), using: &random)
        }
        let buffer = ByteBuffer(bytes: bytes)
        let readers: [(inout ByteBuffer) throws -> Void] = [
            { _ = try $0.readTraciValue() },
            { _ = try TraciResponse.read(from: &$0) },
            { _ = try TraciResponse.readStatus(of: 0, from: &$0) },
            { _ = try TraciResponse.readValue(of: 0, variable: 0, from: &$0) },
            { _ = try TraciSubscriptionAnswer.read(from: &$0) },
            { _ = try TraciStep.read(from: &$0) },
            { _ = try TraciFraming().next(from: &$0) },
        ]
        for reader in readers {
            var copy = buffer
            do {
                try reader(&copy)
            } catch {
                #expect(error is TraciError)
            }
            #expect(copy.readableBytes <= buffer.readableBytes)
        }
    }

    @Test("An answer of a subscription with one bit changed is an answer or an error", arguments: 0..<400)
    func spoiledAnswer(bit: Int) {
        var buffer = Self.stepAnswer
        let whole = buffer.readableBytes
        let place = buffer.readerIndex + (bit / 8) % buffer.readableBytes
        let byte = buffer.getInteger(at: place, as: UInt8.self) ?? 0
        buffer.setInteger(byte ^ (1 << UInt8(bit % 8)), at: place)
        // A typed error or an answer: what is tested is that nothing else happens.
        _ = try? TraciStep.read(from: &buffer)
        #expect(buffer.readableBytes < whole)
    }

    @Test(
        "A count that the message has no room for is refused before anything is reserved",
        arguments: [
            TraciValue.Kind.string, .strings, .doubles, .compound, .polygon,
        ])
    func hugeCount(kind: TraciValue.Kind) {
        var buffer = ByteBuffer()
        buffer.writeInteger(kind.rawValue)
        if kind == .polygon { buffer.writeInteger(UInt8(0)) }
        buffer.writeInteger(Int32.max)
        #expect(throws: TraciError.self) { try buffer.readTraciValue() }
    }

    @Test("Compounds nested without end are refused")
    func nesting() {
        var buffer = ByteBuffer()
        for _ in 0..<10_000 {
            buffer.writeInteger(TraciValue.Kind.compound.rawValue)
            buffer.writeInteger(Int32(1))
        }
        #expect(throws: TraciError.self) { try buffer.readTraciValue() }
    }

    @Test("What subscriptions bring is read by object and variable, with SUMO's reasons")
    func step() throws {
        var buffer = Self.stepAnswer
        let step = try TraciStep.read(from: &buffer)
        #expect(buffer.readableBytes == 0)
        let lane = try step.value(.vehicleCount, of: TraciID<Traci.Lane>("a_0"))
        #expect(lane == 7)
        #expect(try step.value(.haltingCount, of: TraciID<Traci.Lane>("a_0")) == nil)
        #expect(throws: TraciError.refused(command: 0x44, reason: "no length")) {
            try step.value(.length, of: TraciID<Traci.Lane>("a_0"))
        }
        let near: TraciReadings<Traci.Vehicle> = try #require(step.readings(around: TraciID<Traci.Junction>("J")))
        let speeds = try near.objects.map { try near.value(.speed, of: $0) }
        #expect(near.objects == ["v1", "v2"])
        #expect(speeds == [1.5, 2.5])
        #expect(throws: TraciError.unexpectedValue(expected: "double", found: "integer")) {
            try near.value(.lanePosition, of: "v1")
        }
        let other: TraciReadings<Traci.Lane>? = step.readings(around: TraciID<Traci.Junction>("J"))
        #expect(other == nil)
    }

    /// A lane with a count and a failure, and two vehicles around a node.
    private static var stepAnswer: ByteBuffer {
        var lane = ByteBuffer()
        lane.writeInteger(UInt8(0xe3))
        lane.writeTraciText("a_0")
        lane.writeInteger(UInt8(2))
        lane.writeBytes([0x10, 0])
        lane.writeTraciValue(.integer(7))
        lane.writeBytes([0x44, 0xff])
        lane.writeTraciValue(.string("no length"))
        var node = ByteBuffer()
        node.writeInteger(UInt8(0x99))
        node.writeTraciText("J")
        node.writeBytes([0xa4, 2])
        node.writeInteger(Int32(2))
        for (name, speed) in [("v2", 2.5), ("v1", 1.5)] {
            node.writeTraciText(name)
            node.writeBytes([0x40, 0])
            node.writeTraciValue(.double(speed))
            node.writeBytes([0x56, 0])
            node.writeTraciValue(.integer(3))
        }
        var answer = ByteBuffer()
        answer.writeInteger(Int32(2))
        for part in [lane, node] {
            answer.writeInteger(UInt8(0))
            answer.writeInteger(Int32(part.readableBytes + 5))
            answer.writeImmutableBuffer(part)
        }
        return answer
    }
}
