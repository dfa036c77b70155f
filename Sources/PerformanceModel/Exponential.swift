#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// e to the power of `value`; the one function that the module takes from the C library.
func exponential(_ value: Double) -> Double { exp(value) }
