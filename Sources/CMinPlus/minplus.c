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
    CLONES void name(                                                                                                 \
        scalar *restrict out, const scalar *restrict table, const scalar *restrict more, int64_t labels,              \
        int64_t rows) {                                                                                               \
        const int64_t width = labels + stride_of(labels);                                                             \
        for (int64_t row = 0; row < rows; row++) {                                                                    \
            const scalar *from = table + row * stride_of(labels);                                                     \
            /* Read anew each time: reading what was just written at another alignment is slow. */                    \
            for (int64_t start = 0; start < width; start += labels) {                                                 \
                scalar *to = out + row * width + start;                                                               \
                const int64_t count = width - start < labels ? width - start : labels;                                \
                if (more) {                                                                                           \
                    for (int64_t label = 0; label < count; label++) to[label] = from[label] + more[label];            \
                } else {                                                                                              \
                    for (int64_t label = 0; label < count; label++) to[label] = from[label];                          \
                }                                                                                                     \
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

// More than any sum, and a quarter of what overflows; the greatest number.
#define GREAT (1 << 29)
#define MOST (GREAT * 2 - 1 + GREAT * 2)
#define MOST_LABELS 1024

#define DEFINE_UP3(piece, inner, name, scalar, vector, lanes, great)                                                  \
    /* `count` registers of two rows of the result, or of one, for all a. */                                          \
    static inline __attribute__((always_inline)) void piece(                                                          \
        scalar *out, int64_t labels, int64_t y, int64_t start, const scalar *sums, const scalar *columns,             \
        int64_t columns_width, const scalar *t12, const int has_t12, const int rows, const int count) {               \
        const int64_t stride = stride_of(labels), width = labels + stride;                                            \
        vector best[8];                                                                                               \
        for (int number = 0; number < rows * count; number++) best[number] = (vector){} + great;                      \
        for (int64_t a = 0; a < labels; a++) {                                                                        \
            const scalar *column = columns + a * columns_width + a + start;                                           \
            for (int row = 0; row < rows; row++) {                                                                    \
                const int64_t b = a + y + row < labels ? a + y + row : a + y + row - labels;                          \
                const scalar here = sums[row * MOST_LABELS + a];                                                      \
                const scalar *table = t12 + (has_t12 ? b * width + a + start : 0);                                    \
                for (int number = 0; number < count; number++) {                                                      \
                    vector value = AT(vector, column + number * lanes) + here;                                        \
                    if (has_t12) value += AT(vector, table + number * lanes);                                         \
                    best[row * count + number] = SMALLER(best[row * count + number], value);                          \
                }                                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
        for (int row = 0; row < rows; row++) {                                                                        \
            for (int number = 0; number < count; number++)                                                            \
                *(vector *)(out + (y + row) * stride + start + number * lanes) = best[row * count + number];          \
        }                                                                                                             \
    }                                                                                                                 \
    static inline __attribute__((always_inline)) void inner(                                                          \
        scalar *out, int64_t labels, const scalar *e0, const scalar *e1, const scalar *t01, const scalar *columns,    \
        int64_t columns_width, const scalar *t12, const int has_t12) {                                                \
        const int64_t stride = stride_of(labels);                                                                     \
        scalar sums[2 * MOST_LABELS];                                                                                 \
        for (int64_t y = 0; y < labels; y += 2) {                                                                     \
            const int rows = y + 1 < labels ? 2 : 1;                                                                  \
            for (int row = 0; row < rows; row++) {                                                                    \
                for (int64_t a = 0; a < labels; a++) {                                                                \
                    const int64_t b = a + y + row < labels ? a + y + row : a + y + row - labels;                      \
                    sums[row * MOST_LABELS + a] = e0[a] + e1[b] + (t01 ? t01[a * stride + b] : 0);                    \
                }                                                                                                     \
            }                                                                                                         \
            int64_t start = 0;                                                                                        \
            for (; start + 4 * lanes <= stride; start += 4 * lanes) {                                                 \
                if (rows == 2) piece(out, labels, y, start, sums, columns, columns_width, t12, has_t12, 2, 4);        \
                else piece(out, labels, y, start, sums, columns, columns_width, t12, has_t12, 1, 4);                  \
            }                                                                                                         \
            for (; start + 2 * lanes <= stride; start += 2 * lanes) {                                                 \
                if (rows == 2) piece(out, labels, y, start, sums, columns, columns_width, t12, has_t12, 2, 2);        \
                else piece(out, labels, y, start, sums, columns, columns_width, t12, has_t12, 1, 2);                  \
            }                                                                                                         \
            for (; start < stride; start += lanes) {                                                                  \
                if (rows == 2) piece(out, labels, y, start, sums, columns, columns_width, t12, has_t12, 2, 1);        \
                else piece(out, labels, y, start, sums, columns, columns_width, t12, has_t12, 1, 1);                  \
            }                                                                                                         \
        }                                                                                                             \
    }                                                                                                                 \
    CLONES void name(                                                                                                 \
        scalar *out, int64_t labels, const scalar *e0, const scalar *e1, const scalar *t01, const scalar *columns,    \
        int64_t columns_width, const scalar *t12) {                                                                   \
        if (t12) {                                                                                                    \
            inner(out, labels, e0, e1, t01, columns, columns_width, t12, 1);                                          \
        } else {                                                                                                      \
            inner(out, labels, e0, e1, t01, columns, columns_width, t12, 0);                                          \
        }                                                                                                             \
    }

DEFINE_UP3(piece_whole, up3_whole, minplus_up3_i32, int32_t, whole16, LANES_i32, GREAT)
DEFINE_UP3(piece_real, up3_real, minplus_up3_f64, double, real8, LANES_f64, __builtin_inf())

static inline __attribute__((always_inline)) void belief3(
    int64_t labels, const int32_t *e0, const int32_t *e1, const int32_t *e2, const int32_t *t01, const int32_t *t02,
    const int32_t *t12, const int32_t *outside, int32_t *m0, int32_t *m1, int32_t *m2, int32_t *m01, int32_t *m02,
    int32_t *m12, const int has_t12, const int wants_m01, const int wants_m12) {
    const int64_t stride = stride_of(labels), width = labels + stride;
    int32_t columns[MOST_LABELS + 16], least_of_column[MOST_LABELS + 16];
    // The least of each row, lane by lane: taken together at the end only.
    static _Thread_local whole16 least_of_row[MOST_LABELS];
    for (int64_t c = 0; c < stride; c++) m2[c] = GREAT;
    for (int64_t b = 0; b < labels; b++) least_of_row[b] = (whole16){} + GREAT;
    if (wants_m12) {
        for (int64_t number = 0; number < labels * stride; number++) m12[number] = GREAT;
    }
    for (int64_t a = 0; a < labels; a++) {
        for (int64_t c = 0; c < stride; c++) {
            columns[c] = c < labels ? e2[c] + (t02 ? t02[a * stride + c] : 0) : GREAT;
            least_of_column[c] = MOST;
        }
        whole16 least = (whole16){} + MOST;
        for (int64_t b = 0; b < labels; b++) {
            const int32_t *around = outside + (b >= a ? b - a : b - a + labels) * width + (a ? labels - a : 0);
            const int32_t here = e0[a] + e1[b] + (t01 ? t01[a * stride + b] : 0);
            whole16 row = (whole16){} + MOST;
            for (int64_t start = 0; start < stride; start += LANES_i32) {
                whole16 value = AT(whole16, columns + start) + AT(whole16, around + start) + here;
                if (has_t12) value += AT(whole16, t12 + b * stride + start);
                row = SMALLER(row, value);
                *(whole16 *)(least_of_column + start) = SMALLER(AT(whole16, least_of_column + start), value);
                if (wants_m12) {
                    int32_t *to = m12 + b * stride + start;
                    *(whole16 *)to = SMALLER(AT(whole16, to), value);
                }
            }
            if (wants_m01) m01[a * stride + b] = __builtin_reduce_min(row);
            least_of_row[b] = SMALLER(least_of_row[b], row);
            least = SMALLER(least, row);
        }
        m0[a] = __builtin_reduce_min(least);
        for (int64_t c = 0; c < labels; c++) {
            if (m02) m02[a * stride + c] = least_of_column[c];
            m2[c] = least_of_column[c] < m2[c] ? least_of_column[c] : m2[c];
        }
    }
    for (int64_t b = 0; b < labels; b++) m1[b] = __builtin_reduce_min(least_of_row[b]);
}

#define BELIEF(has_t12, wants_m01, wants_m12)                                                                         \
    belief3(labels, e0, e1, e2, t01, t02, t12, outside, m0, m1, m2, m01, m02, m12, has_t12, wants_m01, wants_m12)

CLONES void minplus_belief3_i32(
    int64_t labels, const int32_t *e0, const int32_t *e1, const int32_t *e2, const int32_t *t01, const int32_t *t02,
    const int32_t *t12, const int32_t *outside, int32_t *m0, int32_t *m1, int32_t *m2, int32_t *m01, int32_t *m02,
    int32_t *m12) {
    switch ((t12 ? 4 : 0) + (m01 ? 2 : 0) + (m12 ? 1 : 0)) {
    case 0: BELIEF(0, 0, 0); break;
    case 1: BELIEF(0, 0, 1); break;
    case 2: BELIEF(0, 1, 0); break;
    case 3: BELIEF(0, 1, 1); break;
    case 4: BELIEF(1, 0, 0); break;
    case 5: BELIEF(1, 0, 1); break;
    case 6: BELIEF(1, 1, 0); break;
    default: BELIEF(1, 1, 1); break;
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
