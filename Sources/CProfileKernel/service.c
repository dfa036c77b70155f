#include "part.h"

/// Adds one part of a service to it, or begins it; the first `kept` that it gives way to stay in registers.
INLINE void yieldPart(
    const int bins, const ProfileYield *yield, const int kept, const int hasMore, const int isFirst, float *service,
    float *sum)
{
    enum { MOST_KEPT = 2 };
    Part least[PARTS], total[PARTS], scales[MOST_KEPT][PARTS];
    UNROLL for (int part = 0; part < PARTS; part++) {
        least[part] = PART(yield->least, part);
        total[part] = (Part)0;
        UNROLL for (int foe = 0; foe < kept; foe++)
            scales[foe][part] = yield->gap * yield->foes[foe].share * PART(yield->foes[foe].scales, part);
    }
    const float *departures[MOST_KEPT];
    UNROLL for (int foe = 0; foe < kept; foe++) departures[foe] = yield->foes[foe].departures;
    for (int second = 0; second < bins; second++) {
        UNROLL for (int part = 0; part < PARTS; part++) {
            Part open = (Part)1;
            UNROLL for (int foe = 0; foe < kept; foe++)
                open -= scales[foe][part] * PART(departures[foe] + second * WIDTH, part);
            for (int foe = MOST_KEPT; hasMore && foe < yield->foeCount; foe++)
                open -= yield->gap * yield->foes[foe].share * PART(yield->foes[foe].scales, part)
                    * PART(yield->foes[foe].departures + second * WIDTH, part);
            open = GREATEST(open, (Part)0);
            const Part square = open * open;
            const Part free = square * square;
            const Part goes = PART(yield->green + second * WIDTH, part) * GREATEST(free, least[part]);
            float *row = service + second * WIDTH;
            SET_PART(row, part) = isFirst ? goes : PART(row, part) + goes;
            total[part] += goes;
        }
    }
    UNROLL for (int part = 0; part < PARTS; part++)
        SET_PART(sum, part) = isFirst ? total[part] : PART(sum, part) + total[part];
}

INLINE void yieldSome(const int bins, const ProfileYield *yield, const int isFirst, float *service, float *sum)
{
    switch (yield->foeCount) {
    case 0: yieldPart(bins, yield, 0, 0, isFirst, service, sum); break;
    case 1: yieldPart(bins, yield, 1, 0, isFirst, service, sum); break;
    case 2: yieldPart(bins, yield, 2, 0, isFirst, service, sum); break;
    default: yieldPart(bins, yield, 2, 1, isFirst, service, sum); break;
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
    Part before[PARTS], within[PARTS], most[PARTS], since[PARTS], until[PARTS];
    UNROLL for (int part = 0; part < PARTS; part++) {
        const Part start = PART(starts, part), end = PART(ends, part);
        // A green that runs over the end of the cycle is green but between its end and its start.
        const Part over = end > (Part)(float)bins ? (Part)1 : (Part)0;
        const Part from = over > (Part)0 ? end - (Part)(float)bins : start;
        until[part] = over > (Part)0 ? start : end;
        since[part] = (Part)1 - from;
        most[part] = LEAST(until[part] - from, (Part)1);
        before[part] = weight * over;
        within[part] = weight - 2 * before[part];
        const Part length = weight * (end - start);
        SET_PART(sum, part) = isFirst ? length : PART(sum, part) + length;
    }
    for (int second = 0; second < bins; second++) {
        float *row = service + second * WIDTH;
        UNROLL for (int part = 0; part < PARTS; part++) {
            const Part nearer = LEAST(since[part], until[part]);
            const Part capped = LEAST(nearer, most[part]);
            const Part share = GREATEST(capped, (Part)0);
            SET_PART(row, part) = (isFirst ? before[part] : PART(row, part) + before[part]) + within[part] * share;
            since[part] += (Part)1;
            until[part] -= (Part)1;
        }
    }
}

FOR_EACH_PROCESSOR
void greenband_profile_green(
    int32_t bins, float weight, const float *starts, const float *ends, int32_t first, float *service, float *sum)
{
    if (first) green(bins, weight, starts, ends, 1, service, sum);
    else green(bins, weight, starts, ends, 0, service, sum);
}
