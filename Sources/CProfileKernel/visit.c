#include "part.h"

// MARK: Arrivals

/// Sources that are added up in one sweep over the cycle.
enum { MIXED_AT_ONCE = 4 };

/// Adds the departures due in each second to `arrivals`, or to the inflow in the first sweep; spreads them in the last.
INLINE void mix(
    const int bins, const ProfileRoad *road, const int begin, const int count, const int isFirst, const int isLast,
    float *arrivals, const Part *before)
{
    const ProfileSource *sources = road->sources + begin;
    const float *next[MIXED_AT_ONCE], *end[MIXED_AT_ONCE];
    Part weights[MIXED_AT_ONCE][PARTS];
    UNROLL for (int source = 0; source < count; source++) {
        const int lag = sources[source].lag;
        end[source] = sources[source].departures + bins * WIDTH;
        next[source] = lag == 0 ? sources[source].departures : end[source] - lag * WIDTH;
        const float *row = road->weights + (begin + source) * WIDTH;
        UNROLL for (int part = 0; part < PARTS; part++) weights[source][part] = PART(row, part);
    }
    Part due[PARTS], flow[PARTS];
    UNROLL for (int part = 0; part < PARTS; part++) {
        due[part] = before[part];
        flow[part] = (Part)0;
    }
    const float inflow = road->smoothing * road->inflow, memory = 1 - road->smoothing;
    const float onTime = 1 - road->lateShare;
    for (int second = 0; second < bins; second++) {
        float *row = arrivals + second * WIDTH;
        UNROLL for (int part = 0; part < PARTS; part++) {
            Part sum = isFirst ? (Part)inflow : PART(row, part);
            UNROLL for (int source = 0; source < count; source++)
                sum += weights[source][part] * PART(next[source], part);
            if (isLast) {
                // In this order only one operation has to wait for the second before.
                flow[part] = memory * flow[part] + (road->lateShare * due[part] + onTime * sum);
                due[part] = sum;
                SET_PART(row, part) = flow[part];
            } else {
                SET_PART(row, part) = sum;
            }
        }
        UNROLL for (int source = 0; source < count; source++) {
            next[source] += WIDTH;
            if (next[source] == end[source]) next[source] -= bins * WIDTH;
        }
    }
}

INLINE void mixSome(
    const int bins, const ProfileRoad *road, const int begin, const int isFirst, float *arrivals, const Part *before)
{
    switch (road->sourceCount - begin) {
    case 0: mix(bins, road, begin, 0, isFirst, 1, arrivals, before); break;
    case 1: mix(bins, road, begin, 1, isFirst, 1, arrivals, before); break;
    case 2: mix(bins, road, begin, 2, isFirst, 1, arrivals, before); break;
    case 3: mix(bins, road, begin, 3, isFirst, 1, arrivals, before); break;
    default: mix(bins, road, begin, MIXED_AT_ONCE, isFirst, 1, arrivals, before); break;
    }
}

/// Arrivals as if nothing had been under way when the cycle began.
INLINE void arrive(const int bins, const ProfileRoad *road, float *arrivals)
{
    // The second before the first is the last of the cycle.
    Part before[PARTS], total[PARTS];
    UNROLL for (int part = 0; part < PARTS; part++) {
        before[part] = (Part)(road->smoothing * road->inflow);
        total[part] = (Part)(bins * road->inflow);
    }
    for (int source = 0; source < road->sourceCount; source++) {
        const ProfileSource *from = road->sources + source;
        const float *row = from->departures + (bins - 1 - from->lag) * WIDTH;
        UNROLL for (int part = 0; part < PARTS; part++) {
            const Part scale = from->share * PART(from->scales, part);
            const Part weight = road->smoothing * scale;
            SET_PART(road->weights + source * WIDTH, part) = weight;
            before[part] += weight * PART(row, part);
            total[part] += scale * PART(from->totals, part);
        }
    }
    UNROLL for (int part = 0; part < PARTS; part++) SET_PART(road->totals, part) = total[part];
    if (road->sourceCount <= MIXED_AT_ONCE) {
        mixSome(bins, road, 0, 1, arrivals, before);
    } else {
        int begin = MIXED_AT_ONCE;
        mix(bins, road, 0, MIXED_AT_ONCE, 1, 0, arrivals, before);
        for (; road->sourceCount - begin > MIXED_AT_ONCE; begin += MIXED_AT_ONCE)
            mix(bins, road, begin, MIXED_AT_ONCE, 0, 0, arrivals, before);
        mixSome(bins, road, begin, 0, arrivals, before);
    }
}

// MARK: Queues

enum { QUEUED_AT_ONCE = 3 };

/// Adds to the arrivals what was under way when the cycle began, if that is still to be done, and finds the queues of some lane
/// groups at its start, side by side, so that one's sums are ready while the others' are under way.
///
/// At the steady state the end of the cycle is its beginning. A cycle that begins without a queue ends with the queue of the
/// steady state, as no more comes than can go.
INLINE void begin(
    const int bins, const ProfileRoad *road, float *arrivals, const ProfileGroup *groups, const int count,
    const int completes, Part (*starts)[PARTS])
{
    Part rates[QUEUED_AT_ONCE][PARTS], queue[QUEUED_AT_ONCE][PARTS], underWay[PARTS];
    const float *service[QUEUED_AT_ONCE];
    UNROLL for (int part = 0; part < PARTS; part++)
        underWay[part] = PART(arrivals + (bins - 1) * WIDTH, part) * road->closure;
    UNROLL for (int group = 0; group < count; group++) {
        service[group] = groups[group].service;
        UNROLL for (int part = 0; part < PARTS; part++) {
            rates[group][part] = PART(groups[group].rates, part);
            queue[group][part] = (Part)0;
        }
    }
    for (int second = 0; second < bins; second++) {
        float *row = arrivals + second * WIDTH;
        UNROLL for (int part = 0; part < PARTS; part++) {
            Part come = PART(row, part);
            if (completes) {
                come += road->decay[second] * underWay[part];
                SET_PART(row, part) = come;
            }
            UNROLL for (int group = 0; group < count; group++) {
                const Part gain = come - rates[group][part] * PART(service[group] + second * WIDTH, part);
                const Part left = queue[group][part] + gain;
                queue[group][part] = GREATEST(left, (Part)0);
            }
        }
    }
    UNROLL for (int group = 0; group < count; group++) {
        UNROLL for (int part = 0; part < PARTS; part++) starts[group][part] = queue[group][part];
    }
}

/// Runs the queues of some lane groups from their start, for some parts of a row.
INLINE void queue(
    const int bins, const float *arrivals, ProfileGroup *groups, const int count, Part (*starts)[PARTS],
    const int firstPart, const int parts, const int compares)
{
    Part rates[QUEUED_AT_ONCE][PARTS], queue[QUEUED_AT_ONCE][PARTS];
    Part queued[QUEUED_AT_ONCE][PARTS], stopped[QUEUED_AT_ONCE][PARTS], changed[QUEUED_AT_ONCE][PARTS];
    const float *service[QUEUED_AT_ONCE];
    float *departures[QUEUED_AT_ONCE];
    UNROLL for (int group = 0; group < count; group++) {
        service[group] = groups[group].service + firstPart * LANES;
        departures[group] = groups[group].departures + firstPart * LANES;
        UNROLL for (int part = 0; part < parts; part++) {
            rates[group][part] = PART(groups[group].rates, firstPart + part);
            queue[group][part] = starts[group][firstPart + part];
            queued[group][part] = stopped[group][part] = changed[group][part] = (Part)0;
        }
    }
    arrivals += firstPart * LANES;
    for (int second = 0; second < bins; second++) {
        UNROLL for (int part = 0; part < parts; part++) {
            const Part come = PART(arrivals + second * WIDTH, part);
            UNROLL for (int group = 0; group < count; group++) {
                const Part can = rates[group][part] * PART(service[group] + second * WIDTH, part);
                const Part present = queue[group][part] + come;
                const Part go = LEAST(present, can);
                const Part remain = present - go;
                queue[group][part] = remain;
                queued[group][part] += remain;
                stopped[group][part] += LEAST(come, remain);
                float *row = departures[group] + second * WIDTH;
                if (compares) {
                    const Part change = go - PART(row, part);
                    changed[group][part] += change * change;
                }
                SET_PART(row, part) = go;
            }
        }
    }
    UNROLL for (int group = 0; group < count; group++) {
        UNROLL for (int part = 0; part < parts; part++) {
            SET_PART(groups[group].queued, firstPart + part) = queued[group][part];
            SET_PART(groups[group].stopped, firstPart + part) = stopped[group][part];
            if (compares) {
                const Part change =
                    __builtin_elementwise_sqrt(changed[group][part]) * PART(groups[group].scales, firstPart + part);
                for (int lane = 0; lane < LANES; lane++)
                    groups[group].changed = GREATEST(groups[group].changed, change[lane]);
            }
        }
    }
}

INLINE void queueSome(
    const int bins, const ProfileRoad *road, float *arrivals, int count, ProfileGroup *groups, const int compares)
{
    Part starts[QUEUED_AT_ONCE][PARTS];
    switch (count) {
    case 0: begin(bins, road, arrivals, groups, 0, 1, starts); break;
    case 1:
        begin(bins, road, arrivals, groups, 1, 1, starts);
        queue(bins, arrivals, groups, 1, starts, 0, PARTS, compares);
        break;
    case 2:
    case 4:
        begin(bins, road, arrivals, groups, 2, 1, starts);
        queue(bins, arrivals, groups, 2, starts, 0, PARTS, compares);
        if (count == 2) break;
        begin(bins, road, arrivals, groups + 2, 2, 0, starts);
        queue(bins, arrivals, groups + 2, 2, starts, 0, PARTS, compares);
        break;
    default:
        // Three queues of a part each fill the registers as two of two parts do, and leave none on its own.
        begin(bins, road, arrivals, groups, 3, 1, starts);
        for (int part = 0; part < PARTS; part++) queue(bins, arrivals, groups, 3, starts, part, 1, compares);
        for (int group = 3; group < count; group++) {
            begin(bins, road, arrivals, groups + group, 1, 0, starts);
            queue(bins, arrivals, groups + group, 1, starts, 0, PARTS, compares);
        }
    }
}

/// Scales the road's vehicles down to those that the lane group can serve, and its capacity up by as much.
INLINE void scale(const int bins, const ProfileRoad *road, ProfileGroup *group, const float least)
{
    group->changed = 0;
    UNROLL for (int part = 0; part < PARTS; part++) {
        const Part total = PART(road->totals, part);
        const Part demand = group->share * total;
        const Part capacity = group->saturation * PART(group->serviceSums, part);
        const Part floored = GREATEST(capacity, least * demand);
        const Part served = LEAST(floored, demand) / demand;
        const Part scale = group->share * served;
        const Part shift = scale - PART(group->scales, part);
        const Part change = GREATEST(shift, -shift) * total / (float)bins;
        for (int lane = 0; lane < LANES; lane++) group->changed = GREATEST(group->changed, change[lane]);
        SET_PART(group->scales, part) = scale;
        SET_PART(group->rates, part) = group->saturation / scale;
    }
}

FOR_EACH_PROCESSOR
void greenband_profile_visit(
    int32_t bins, const ProfileRoad *road, int32_t count, ProfileGroup *groups, float least, float *arrivals,
    int32_t first)
{
    arrive(bins, road, arrivals);
    for (int group = 0; group < count; group++) scale(bins, road, groups + group, least);
    if (first) {
        queueSome(bins, road, arrivals, count, groups, 0);
        for (int group = 0; group < count; group++) groups[group].changed = 1e30f;
    } else {
        queueSome(bins, road, arrivals, count, groups, 1);
    }
}
