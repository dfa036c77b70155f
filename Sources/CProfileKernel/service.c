#include "part.h"

/// Adds one part of a service to it, or begins it.
INLINE void yieldPart(
    const int bins, const ProfileYield *yield, const int foeCount, const int isFirst, float *service, float *sum)
{
    enum { KEPT_FOES = 2 };
    UNROLL for (int part = 0; part < PARTS; part++) {
        const Part least = PART(yield->least, part);
        Part scales[KEPT_FOES];
        UNROLL for (int foe = 0; foe < KEPT_FOES && foe < foeCount; foe++)
            scales[foe] = yield->gap * yield->foes[foe].share * PART(yield->foes[foe].scales, part);
        Part total = (Part)0;
        for (int second = 0; second < bins; second++) {
            Part open = (Part)1;
            UNROLL for (int foe = 0; foe < KEPT_FOES && foe < foeCount; foe++)
                open -= scales[foe] * PART(yield->foes[foe].departures + second * WIDTH, part);
            for (int foe = KEPT_FOES; foe < foeCount; foe++)
                open -= yield->gap * yield->foes[foe].share * PART(yield->foes[foe].scales, part)
                    * PART(yield->foes[foe].departures + second * WIDTH, part);
            open = GREATEST(open, (Part)0);
            const Part square = open * open;
            const Part free = square * square;
            const Part goes = PART(yield->green + second * WIDTH, part) * GREATEST(free, least);
            float *row = service + second * WIDTH;
            SET_PART(row, part) = isFirst ? goes : PART(row, part) + goes;
            total += goes;
        }
        SET_PART(sum, part) = isFirst ? total : PART(sum, part) + total;
    }
}

INLINE void yieldSome(const int bins, const ProfileYield *yield, const int isFirst, float *service, float *sum)
{
    switch (yield->foeCount) {
    case 0: yieldPart(bins, yield, 0, isFirst, service, sum); break;
    case 1: yieldPart(bins, yield, 1, isFirst, service, sum); break;
    case 2: yieldPart(bins, yield, 2, isFirst, service, sum); break;
    default: yieldPart(bins, yield, yield->foeCount, isFirst, service, sum); break;
    }
}

FOR_EACH_PROCESSOR
void greenband_profile_yield(int32_t bins, int32_t count, const ProfileYield *parts, float *service, float *sum)
{
    yieldSome(bins, parts, 1, service, sum);
    for (int number = 1; number < count; number++) yieldSome(bins, parts + number, 0, service, sum);
}

INLINE void green(
    const int bins, const float weight, const float *starts, const float *ends, const int isFirst, float *service,
    float *sum)
{
    UNROLL for (int part = 0; part < PARTS; part++) {
        const Part start = PART(starts, part), end = PART(ends, part);
        // A green that runs over the end of the cycle is green but between its end and its start.
        const Part over = end > (Part)(float)bins ? (Part)1 : (Part)0;
        const Part from = over > (Part)0 ? end - (Part)(float)bins : start;
        const Part to = over > (Part)0 ? start : end;
        const Part before = weight * over, within = weight - 2 * before;
        const Part most = LEAST(to - from, (Part)1);
        Part since = (Part)1 - from, until = to;
        for (int second = 0; second < bins; second++) {
            const Part nearer = LEAST(since, until);
            const Part capped = LEAST(nearer, most);
            const Part share = GREATEST(capped, (Part)0);
            float *row = service + second * WIDTH;
            SET_PART(row, part) = (isFirst ? before : PART(row, part) + before) + within * share;
            since += (Part)1;
            until -= (Part)1;
        }
        const Part length = weight * (end - start);
        SET_PART(sum, part) = isFirst ? length : PART(sum, part) + length;
    }
}

FOR_EACH_PROCESSOR
void greenband_profile_green(
    int32_t bins, float weight, const float *starts, const float *ends, int32_t first, float *service, float *sum)
{
    if (first) green(bins, weight, starts, ends, 1, service, sum);
    else green(bins, weight, starts, ends, 0, service, sum);
}
