#ifndef MINPLUS_H
#define MINPLUS_H

#include <stdint.h>

// Innermost loops of minimisation over cyclic labels, for the instruction set of the machine that they run on.
//
// All of them only add and take minima, in an order that does not depend on the width of the registers: the results are
// the same to the bit on every machine. `labels` is the number of labels L; rows of tables are `stride` values apart,
// the least multiple of 16 that is not less than L. An "unrolled" row goes on periodically for L + stride values, and
// rows of unrolled tables are that far apart. At most 1024 labels. What stands in rows beyond L is anything, unless a comment says so.

// out[y] = min(out[y], first[a] + second[a + y] + table[a][a + y]) over all a; `second` and `table` unrolled, `table` may
// be null.
void minplus_fold1_i32(int32_t *out, int64_t labels, const int32_t *first, const int32_t *second, const int32_t *table);
void minplus_fold1_f64(double *out, int64_t labels, const double *first, const double *second, const double *table);

// out[b - a][y] = min(out[b - a][y], rows[b] + columns[a + y] + t0[b][a + y] + t1[b][a + y] + t2[b][a + y]) for one a and
// all b; columns and tables unrolled, tables may be null, the first ones are given first.
void minplus_fold2_f64(
    double *out, int64_t labels, int64_t a, const double *rows, const double *columns, const double *t0,
    const double *t1, const double *t2);

// out[y][z] = the least over all a of e0[a] + e1[a + y] + t01[a][a + y] + columns[a][a + z] + t12[a + y][a + z]. t01 and t12
// may be null; t12 and `columns` are unrolled, the latter with rows `columns_width` apart, which is 0 for one row for all.
void minplus_up3_i32(
    int32_t *out, int64_t labels, const int32_t *e0, const int32_t *e1, const int32_t *t01, const int32_t *columns,
    int64_t columns_width, const int32_t *t12);
void minplus_up3_f64(
    double *out, int64_t labels, const double *e0, const double *e1, const double *t01, const double *columns,
    int64_t columns_width, const double *t12);

// Of value[a][b][c] = e0[a] + e1[b] + e2[c] + t01[a][b] + t02[a][c] + t12[b][c] + outside[b - a][c - a], the last unrolled: the least values for each a (m0), b,
// c, a and b (m01), a and c, b and c. Tables and the results for two may be null.
void minplus_belief3_i32(
    int64_t labels, const int32_t *e0, const int32_t *e1, const int32_t *e2, const int32_t *t01, const int32_t *t02,
    const int32_t *t12, const int32_t *outside, int32_t *m0, int32_t *m1, int32_t *m2, int32_t *m01, int32_t *m02,
    int32_t *m12);

// Of the sum value[a][b] = e0[a] + e1[b] + t01[a][b] + outside[b - a]: the least values for each a (m0) and b (m1), and all
// of them (m01). t01 and m01 may be null, outside is unrolled.
void minplus_belief2_i32(
    int64_t labels, const int32_t *e0, const int32_t *e1, const int32_t *t01, const int32_t *outside, int32_t *m0,
    int32_t *m1, int32_t *m01);

// Writes `rows` rows of `labels` values, `stride` apart, as unrolled rows, with a row added to each, which may be null.
void minplus_unroll_i32(int32_t *out, const int32_t *table, const int32_t *more, int64_t labels, int64_t rows);
void minplus_unroll_f64(double *out, const double *table, const double *more, int64_t labels, int64_t rows);

#endif
