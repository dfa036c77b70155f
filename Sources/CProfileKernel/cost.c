#include "part.h"

FOR_EACH_PROCESSOR
void greenband_profile_cost(
    int32_t bins, const ProfileGroup *group, const float *totals, float least, float randomness, float period,
    float *uniform, float *incremental, float *stops)
{
    UNROLL for (int part = 0; part < PARTS; part++) {
        const Part demand = group->share * PART(totals, part);
        const Part capacity = group->saturation * PART(group->serviceSums, part);
        const Part floored = GREATEST(capacity, least * demand);
        const Part saturation = demand / floored;
        const Part excess = saturation - 1;
        const Part spread = 8 * randomness * (float)bins / period * saturation / floored;
        const Part root = __builtin_elementwise_sqrt(excess * excess + spread);
        // Below capacity the sum is of two numbers that nearly cancel; the product with their difference is the spread.
        const Part size = GREATEST(excess, -excess);
        const Part sum = excess > (Part)0 ? size + root : spread / (size + root);
        const Part delay = period / 4 * sum;
        SET_PART(uniform, part) = PART(uniform, part) + PART(group->queued, part) * PART(group->scales, part);
        SET_PART(incremental, part) = PART(incremental, part) + demand * delay;
        SET_PART(stops, part) = PART(stops, part) + PART(group->stopped, part) * PART(group->scales, part);
    }
}

FOR_EACH_PROCESSOR
void greenband_profile_shift(
    int32_t bins, const float *shifting, const float *fixed, const float *capacity, int32_t padded, float *queued,
    float *stopped)
{
    for (int shift = 0; shift < padded; shift += WIDTH) {
        Part queue[PARTS], sum[PARTS], stops[PARTS];
        UNROLL for (int part = 0; part < PARTS; part++) queue[part] = (Part)0;
        for (int round = 0; round < 2; round++) {
            UNROLL for (int part = 0; part < PARTS; part++) sum[part] = stops[part] = (Part)0;
            for (int second = 0; second < bins; second++) {
                // Shift d has at second t what came at t - d: in reverse, bins - 1 - t + d from the start.
                const float *row = shifting + (bins - 1 - second) + shift;
                UNROLL for (int part = 0; part < PARTS; part++) {
                    const Part come = PART(row, part) + fixed[second];
                    const Part left = queue[part] + (come - capacity[second]);
                    queue[part] = GREATEST(left, (Part)0);
                    sum[part] += queue[part];
                    stops[part] += LEAST(come, queue[part]);
                }
            }
        }
        UNROLL for (int part = 0; part < PARTS; part++) {
            SET_PART(queued + shift, part) = sum[part];
            SET_PART(stopped + shift, part) = stops[part];
        }
    }
}
