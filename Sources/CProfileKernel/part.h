#pragma once

#include "profile_kernel.h"

#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

enum { WIDTH = GREENBAND_PROFILE_WIDTH, LANES = 16, PARTS = WIDTH / LANES };

/// Part of a row.
///
/// Helpers take it by pointer only: by value it has no fixed place between functions for different processors.
typedef float Part __attribute__((ext_vector_type(16), aligned(4)));

#define PART(row, number) (*(const Part *)((row) + LANES * (number)))
#define SET_PART(row, number) (*(Part *)((row) + LANES * (number)))
#define LEAST(one, other) ((one) < (other) ? (one) : (other))
#define GREATEST(one, other) ((one) > (other) ? (one) : (other))
