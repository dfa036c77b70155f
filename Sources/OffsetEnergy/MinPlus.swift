import CMinPlus

/// Costs that there are innermost loops for; what these do stands in minplus.h.
protocol MinPlusCost: Sendable, ExpressibleByIntegerLiteral {
    /// What no sum of costs exceeds.
    static var most: Self { get }

    static func unroll(_ out: inout [Self], _ table: [Self], _ more: [Self]?, _ labels: Int, _ rows: Int)

    static func foldTwo(_ out: inout [Self], _ labels: Int, _ first: [Self], _ second: [Self], _ table: [Self]?)

    static func foldThree(
        _ out: inout [Self], _ labels: Int, _ first: [Self], _ second: [Self], _ both: [Self]?, _ columns: [Self],
        _ columnsWidth: Int, _ last: [Self]?)
}

extension Double: MinPlusCost {
    static var most: Double { .infinity }

    static func unroll(_ out: inout [Double], _ table: [Double], _ more: [Double]?, _ labels: Int, _ rows: Int) {
        withPointer(more) { minplus_unroll_f64(&out, table, $0, Int64(labels), Int64(rows)) }
    }

    static func foldTwo(
        _ out: inout [Double], _ labels: Int, _ first: [Double], _ second: [Double], _ table: [Double]?
    ) {
        withPointer(table) { minplus_fold1_f64(&out, Int64(labels), first, second, $0) }
    }

    static func foldThree(
        _ out: inout [Double], _ labels: Int, _ first: [Double], _ second: [Double], _ both: [Double]?,
        _ columns: [Double], _ columnsWidth: Int, _ last: [Double]?
    ) {
        withPointer(both) { both in
            withPointer(last) { last in
                minplus_up3_f64(&out, Int64(labels), first, second, both, columns, Int64(columnsWidth), last)
            }
        }
    }
}

extension Int32: MinPlusCost {
    static var most: Int32 { .max }

    static func unroll(_ out: inout [Int32], _ table: [Int32], _ more: [Int32]?, _ labels: Int, _ rows: Int) {
        withPointer(more) { minplus_unroll_i32(&out, table, $0, Int64(labels), Int64(rows)) }
    }

    static func foldTwo(
        _ out: inout [Int32], _ labels: Int, _ first: [Int32], _ second: [Int32], _ table: [Int32]?
    ) {
        withPointer(table) { minplus_fold1_i32(&out, Int64(labels), first, second, $0) }
    }

    static func foldThree(
        _ out: inout [Int32], _ labels: Int, _ first: [Int32], _ second: [Int32], _ both: [Int32]?,
        _ columns: [Int32], _ columnsWidth: Int, _ last: [Int32]?
    ) {
        withPointer(both) { both in
            withPointer(last) { last in
                minplus_up3_i32(&out, Int64(labels), first, second, both, columns, Int64(columnsWidth), last)
            }
        }
    }
}

extension Double {
    /// Part of taking away a variable with many others in its scope, for given labels of all but the last two.
    ///
    /// Writes `out` from `target` on; the label of the first is `first`. Tables are unrolled and begin at `starts`.
    static func foldSlice(
        _ out: inout [Double], _ target: Int, _ labels: Int, _ first: Int, _ rows: [Double], _ columns: [Double],
        _ tables: [[Double]], _ starts: [Int]
    ) {
        func pointer(_ number: Int, _ body: (UnsafePointer<Double>?) -> Void) {
            guard number < tables.count else { return body(nil) }
            tables[number].withUnsafeBufferPointer { body($0.baseAddress! + starts[number]) }
        }
        out.withUnsafeMutableBufferPointer { out in
            pointer(0) { t0 in
                pointer(1) { t1 in
                    pointer(2) { t2 in
                        minplus_fold2_f64(
                            out.baseAddress! + target, Int64(labels), Int64(first), rows, columns, t0, t1, t2)
                    }
                }
            }
        }
    }
}

extension Int32 {
    /// Least costs of the labels of two others: `first`, `second` by place, and of both where `both` has room for them.
    static func believeTwo(
        _ labels: Int, _ own: [[Int32]], _ table: [Int32]?, _ outside: [Int32], first: inout [Int32],
        second: inout [Int32], both: inout [Int32]
    ) {
        withPointer(table) { table in
            withPointer(&both) { both in
                minplus_belief2_i32(Int64(labels), own[0], own[1], table, outside, &first, &second, both)
            }
        }
    }

    /// The same of three others; tables are those of the first two, the first and third, the last two.
    static func believeThree(
        _ labels: Int, _ own: [[Int32]], _ tables: [[Int32]?], _ outside: [Int32], places: inout Places,
        pairs: inout Places
    ) {
        withPointers(tables) { t01, t02, t12 in
            withPointer(&pairs.first) { m01 in
                withPointer(&pairs.second) { m02 in
                    withPointer(&pairs.third) { m12 in
                        minplus_belief3_i32(
                            Int64(labels), own[0], own[1], own[2], t01, t02, t12, outside, &places.first,
                            &places.second, &places.third, m01, m02, m12)
                    }
                }
            }
        }
    }

    /// One table for each of three places or pairs of places.
    struct Places: Sendable {
        var first: [Int32]
        var second: [Int32]
        var third: [Int32]

        subscript(number: Int) -> [Int32] { number == 0 ? first : number == 1 ? second : third }
    }

    /// Adds a table to another, times a factor.
    static func add(_ more: [Int32], times factor: Int32, to table: inout [Int32]) {
        more.withUnsafeBufferPointer { more in
            table.withUnsafeMutableBufferPointer { table in
                for number in table.indices { table[number] &+= factor &* more[number] }
            }
        }
    }
}

/// Lends a table to an innermost loop; none for nil.
private func withPointer<Cost>(_ table: [Cost]?, _ body: (UnsafePointer<Cost>?) -> Void) {
    guard let table else { return body(nil) }
    table.withUnsafeBufferPointer { body($0.baseAddress) }
}

private func withPointers(
    _ tables: [[Int32]?], _ body: (UnsafePointer<Int32>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Void
) {
    withPointer(tables[0]) { first in
        withPointer(tables[1]) { second in
            withPointer(tables[2]) { third in body(first, second, third) }
        }
    }
}

/// Lends a table to an innermost loop that writes it; none for an empty one.
private func withPointer<Cost>(_ table: inout [Cost], _ body: (UnsafeMutablePointer<Cost>?) -> Void) {
    guard !table.isEmpty else { return body(nil) }
    table.withUnsafeMutableBufferPointer { body($0.baseAddress) }
}
