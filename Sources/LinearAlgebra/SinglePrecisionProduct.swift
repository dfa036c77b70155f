import COpenBLAS

/// C = A·B in single precision (`sgemm`), on one thread.
///
/// - Parameters:
///   - left: A, `rows` × `inner`, column by column.
///   - right: B, `inner` × `columns`, column by column.
///   - product: C, `rows` × `columns`, column by column; overwritten.
/// - Precondition: As many elements as the shapes say.
public func multiply(
    rows: Int, inner: Int, columns: Int, _ left: [Float], _ right: [Float], into product: inout [Float]
) {
    precondition(left.count == rows * inner && right.count == inner * columns && product.count == rows * columns)
    useOneThread()
    guard rows > 0, columns > 0 else { return }
    cblas_sgemm(
        CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), 1, left,
        Int32(max(1, rows)), right, Int32(max(1, inner)), 0, &product, Int32(rows))
}

/// The processor that OpenBLAS has chosen its loops for, and how it was built.
public var linearAlgebraLibrary: String {
    String(cString: openblas_get_config()) + ", " + String(cString: openblas_get_corename())
}
