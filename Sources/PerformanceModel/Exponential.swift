#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// e to the power of `value`; with the logarithm all that the module takes from the C library.
func exponential(_ value: Double) -> Double { exp(value) }

/// Natural logarithm of `value`.
func naturalLogarithm(_ value: Double) -> Double { log(value) }
