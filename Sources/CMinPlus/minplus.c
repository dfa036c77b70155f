#include "minplus.h"

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

// Sixteen whole numbers or eight doubles at any address: one register, or several narrower ones.
typedef int32_t whole16 __attribute__((vector_size(64), aligned(4)));
typedef double real8 __attribute__((vector_size(64), aligned(8)));

#define LANES_i32 16
#define LANES_f64 8
#define SMALLER(a, b) __builtin_elementwise_min(a, b)
#define AT(type, pointer) (*(const type *)(pointer))

static inline int64_t stride_of(int64_t labels) { return (labels + 15) / 16 * 16; }

#define DEFINE_UNROLL(name, scalar)                                                                                   \
    void name(scalar *out, const scalar *table, int64_t labels, int64_t rows) {                                       \
        const int64_t stride = stride_of(labels), width = labels + stride;                                            \
        for (int64_t row = 0; row < rows; row++) {                                                                    \
            const scalar *from = table + row * stride;                                                                \
            scalar *to = out + row * width;                                                                           \
            for (int64_t start = 0; start < width; start += labels) {                                                 \
                const int64_t count = width - start < labels ? width - start : labels;                                \
                for (int64_t label = 0; label < count; label++) to[start + label] = from[label];                      \
            }                                                                                                         \
        }                                                                                                             \
    }

DEFINE_UNROLL(minplus_unroll_i32, int32_t)
DEFINE_UNROLL(minplus_unroll_f64, double)

#define DEFINE_FOLD1(name, scalar, vector, lanes)                                                                     \
    CLONES void name(                                                                                                 \
        scalar *out, int64_t labels, const scalar *first, const scalar *second, const scalar *table) {                \
        const int64_t stride = stride_of(labels), width = labels + stride;                                            \
        for (int64_t start = 0; start < stride; start += lanes) {                                                     \
            vector best = AT(vector, out + start);                                                                    \
            if (table) {                                                                                              \
                for (int64_t a = 0; a < labels; a++) {                                                                \
                    vector value = AT(vector, second + a + start) + AT(vector, table + a * width + a + start);        \
                    best = SMALLER(best, value + first[a]);                                                           \
                }                                                                                                     \
            } else {                                                                                                  \
                for (int64_t a = 0; a < labels; a++)                                                                  \
                    best = SMALLER(best, AT(vector, second + a + start) + first[a]);                                  \
            }                                                                                                         \
            *(vector *)(out + start) = best;                                                                          \
        }                                                                                                             \
    }

DEFINE_FOLD1(minplus_fold1_i32, int32_t, whole16, LANES_i32)
DEFINE_FOLD1(minplus_fold1_f64, double, real8, LANES_f64)

CLONES void minplus_fold2_f64(
    double *out, int64_t labels, int64_t a, const double *rows, const double *columns, const double *t0,
    const double *t1, const double *t2) {
    const int64_t stride = stride_of(labels), width = labels + stride;
    for (int64_t b = 0; b < labels; b++) {
        double *to = out + (b >= a ? b - a : b - a + labels) * stride;
        const double here = rows[b];
        const int64_t row = b * width + a;
        for (int64_t start = 0; start < stride; start += LANES_f64) {
            real8 value = AT(real8, columns + a + start) + here;
            if (t0) value += AT(real8, t0 + row + start);
            if (t1) value += AT(real8, t1 + row + start);
            if (t2) value += AT(real8, t2 + row + start);
            *(real8 *)(to + start) = SMALLER(AT(real8, to + start), value);
        }
    }
}

// More than any sum, and less than half of what overflows.
#define GREAT (1 << 29)
#define MOST_LABELS 1024

static inline void unroll_row(int32_t *out, int64_t labels, int64_t width) {
    for (int64_t label = labels; label < width; label++) out[label] = out[label - labels];
}

CLONES void minplus_up3_i32(
    int32_t *out, int64_t labels, const int32_t *e0, const int32_t *e1, const int32_t *e2, const int32_t *t01,
    const int32_t *t02, const int32_t *t12) {
    const int64_t stride = stride_of(labels), width = labels + stride;
    int32_t columns[2 * MOST_LABELS + 16];
    for (int64_t number = 0; number < labels * stride; number++) out[number] = GREAT;
    for (int64_t a = 0; a < labels; a++) {
        for (int64_t c = 0; c < labels; c++) columns[c] = e2[c] + (t02 ? t02[a * stride + c] : 0);
        unroll_row(columns, labels, width);
        for (int64_t b = 0; b < labels; b++) {
            int32_t *to = out + (b >= a ? b - a : b - a + labels) * stride;
            const int32_t here = e0[a] + e1[b] + (t01 ? t01[a * stride + b] : 0);
            if (t12) {
                const int32_t *table = t12 + b * width + a;
                for (int64_t start = 0; start < stride; start += LANES_i32) {
                    whole16 value = AT(whole16, columns + a + start) + AT(whole16, table + start) + here;
                    *(whole16 *)(to + start) = SMALLER(AT(whole16, to + start), value);
                }
            } else {
                for (int64_t start = 0; start < stride; start += LANES_i32) {
                    whole16 value = AT(whole16, columns + a + start) + here;
                    *(whole16 *)(to + start) = SMALLER(AT(whole16, to + start), value);
                }
            }
        }
    }
}

CLONES void minplus_belief3_i32(
    int64_t labels, const int32_t *e0, const int32_t *e1, const int32_t *e2, const int32_t *t01, const int32_t *t02,
    const int32_t *t12, const int32_t *outside, int32_t *m0, int32_t *m1, int32_t *m2, int32_t *m01, int32_t *m02,
    int32_t *m12) {
    const int64_t stride = stride_of(labels), width = labels + stride;
    int32_t columns[MOST_LABELS + 16], least_of_column[MOST_LABELS + 16];
    for (int64_t label = 0; label < stride; label++) m1[label] = m2[label] = GREAT;
    if (m12) {
        for (int64_t number = 0; number < labels * stride; number++) m12[number] = GREAT;
    }
    for (int64_t a = 0; a < labels; a++) {
        for (int64_t c = 0; c < stride; c++) {
            columns[c] = c < labels ? e2[c] + (t02 ? t02[a * stride + c] : 0) : GREAT;
            least_of_column[c] = 2 * (GREAT - 1);
        }
        int32_t least = 2 * (GREAT - 1);
        for (int64_t b = 0; b < labels; b++) {
            const int32_t *around = outside + (b >= a ? b - a : b - a + labels) * width + (a ? labels - a : 0);
            const int32_t here = e0[a] + e1[b] + (t01 ? t01[a * stride + b] : 0);
            whole16 row = AT(whole16, columns) + AT(whole16, around);
            if (t12) row += AT(whole16, t12 + b * stride);
            for (int64_t start = 0; start < stride; start += LANES_i32) {
                whole16 value = AT(whole16, columns + start) + AT(whole16, around + start);
                if (t12) value += AT(whole16, t12 + b * stride + start);
                row = SMALLER(row, value);
                value += here;
                *(whole16 *)(least_of_column + start) = SMALLER(AT(whole16, least_of_column + start), value);
                if (m12) {
                    int32_t *to = m12 + b * stride + start;
                    *(whole16 *)to = SMALLER(AT(whole16, to), value);
                }
            }
            const int32_t least_of_row = __builtin_reduce_min(row) + here;
            if (m01) m01[a * stride + b] = least_of_row;
            if (least_of_row < m1[b]) m1[b] = least_of_row;
            if (least_of_row < least) least = least_of_row;
        }
        m0[a] = least;
        for (int64_t c = 0; c < labels; c++) {
            if (m02) m02[a * stride + c] = least_of_column[c];
            if (least_of_column[c] < m2[c]) m2[c] = least_of_column[c];
        }
    }
}

CLONES void minplus_belief2_i32(
    int64_t labels, const int32_t *e0, const int32_t *e1, const int32_t *t01, const int32_t *outside, int32_t *m0,
    int32_t *m1, int32_t *m01) {
    const int64_t stride = stride_of(labels);
    for (int64_t b = 0; b < stride; b++) m1[b] = GREAT;
    for (int64_t a = 0; a < labels; a++) {
        const int32_t *around = outside + (a ? labels - a : 0);
        int32_t least = GREAT;
        for (int64_t b = 0; b < labels; b++) {
            const int32_t value = e0[a] + e1[b] + around[b] + (t01 ? t01[a * stride + b] : 0);
            if (m01) m01[a * stride + b] = value;
            m1[b] = value < m1[b] ? value : m1[b];
            least = value < least ? value : least;
        }
        m0[a] = least;
    }
}
