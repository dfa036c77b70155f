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

/// Lends a table to an innermost loop; none for nil.
func withPointer<Cost>(_ table: [Cost]?, _ body: (UnsafePointer<Cost>?) -> Void) {
    guard let table else { return body(nil) }
    table.withUnsafeBufferPointer { body($0.baseAddress) }
}

/// Lends a table to an innermost loop that writes it; none for an empty one.
func withPointer<Cost>(_ table: inout [Cost], _ body: (UnsafeMutablePointer<Cost>?) -> Void) {
    guard !table.isEmpty else { return body(nil) }
    table.withUnsafeMutableBufferPointer { body($0.baseAddress) }
}
