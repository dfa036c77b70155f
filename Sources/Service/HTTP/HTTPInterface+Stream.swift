import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension HTTPInterface {
    /// Events that are sent, at most.
    static let openEventLimit = 100
    /// Least time between two batches of changes, and longest time without one.
    private static let (pause, heartbeat) = (Duration.milliseconds(100), Duration.seconds(2))

    /// Server-sent events: all that is known, and then what changes, as it changes.
    var stream: Endpoint {
        .get("/api/v1/stream", .viewer) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                body: .init { writer in
                    let feed = await centre.watch()
                    do {
                        try await tell(feed, &writer)
                    } catch {
                        await centre.stopWatching(feed)
                        throw error
                    }
                    await centre.stopWatching(feed)
                    try await writer.finish(nil)
                })
        }
    }

    private func tell(_ feed: ChangeFeed, _ writer: inout any ResponseBodyWriter) async throws {
        var told = Told()
        for junction in await centre.junctions() { try await writer.write(told.event("junction", junction)) }
        feed.add(.city)
        feed.add(.records)
        // Whoever hears nothing for longer knows that the centre does not answer, though the connection seems to stand.
        async let heart: Void = beat(feed)
        for await _ in feed.bell {
            try await tell(feed.take(), &told, &writer)
            try await Task.sleep(for: Self.pause)
        }
        await heart
    }

    private func tell(
        _ changes: ChangeFeed.Changes, _ told: inout Told, _ writer: inout any ResponseBodyWriter
    ) async throws {
        for junction in changes.junctions { try await writer.write(told.event("junction", junction)) }
        if changes.hasRecords {
            try await told.write("events", await centre.openEvents(limit: Self.openEventLimit), &writer)
            try await told.write("proposals", await centre.proposals(state: nil), &writer)
        }
        if changes.hasCity {
            try await told.write("districts", await centre.districtViews(), &writer)
            if let vitals = await centre.vitalSigns() { try await told.write("vital-signs", vitals, &writer) }
            let trend = await centre.trendView()
            if trend != told.trend { try await writer.write(told.event("trend", trend)) }
            told.trend = trend
        }
        // It counts junctions.
        if changes.hasCity || !changes.junctions.isEmpty {
            try await writer.write(told.event("health", await centre.health()))
        }
    }

    private func beat(_ feed: ChangeFeed) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.heartbeat)
            feed.add(.city)
        }
    }
}

/// What one who watches was told last.
private struct Told {
    /// Compared as it is: it is long, and seldom another.
    var trend: TrendView?
    private var last: [String: Data] = [:]

    /// Writes an event where it says something new.
    mutating func write(
        _ name: String, _ content: some Encodable, _ writer: inout any ResponseBodyWriter
    ) async throws {
        let data = try CentreJSON.encoder.encode(content)
        guard last[name] != data else { return }
        last[name] = data
        try await writer.write(event(name, data))
    }

    func event(_ name: String, _ content: some Encodable) throws -> ByteBuffer {
        event(name, try CentreJSON.encoder.encode(content))
    }

    private func event(_ name: String, _ data: Data) -> ByteBuffer {
        var buffer = ByteBuffer(string: "event: \(name)\ndata: ")
        buffer.writeBytes(data)
        buffer.writeString("\n\n")
        return buffer
    }
}
