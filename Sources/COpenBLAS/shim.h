#pragma once
#include <cblas.h>
#include <lapacke.h>

_Static_assert(sizeof(blasint) == 4, "OpenBLAS must be built with 32-bit integers");
_Static_assert(sizeof(lapack_int) == 4, "LAPACKE must be built with 32-bit integers");
