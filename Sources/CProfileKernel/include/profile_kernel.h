#pragma once

// The innermost loops of the cyclic flow profile engine: single precision, candidates side by side.
//
// C and not Swift for one reason: C has functions that are compiled for several processors and chosen when the program
// starts. See Benchmarks/PROFILES.md for what Swift's own vectors reach on the least processor that Swift builds for.

#include <stdint.h>

/// Candidates in a block: every row below is this many floats, all of one second of the cycle.
#define GREENBAND_PROFILE_WIDTH 32

/// What comes to a road from one lane group upstream.
typedef struct {
    /// Departures of the lane group, in its road's vehicles: `bins` rows.
    const float *departures;
    /// Vehicles in each of those departures, by candidate.
    const float *scales;
    /// Vehicles that come to its road in a cycle, by candidate.
    const float *totals;
    /// Share of its vehicles that come here.
    float share;
    /// Whole seconds from its stop line until the first of its vehicles are due here, 0 ..< bins.
    int32_t lag;
} ProfileSource;

/// One road: what comes to it, and how that spreads on its way.
typedef struct {
    int32_t sourceCount;
    const ProfileSource *sources;
    /// Room for a row for each source.
    float *weights;
    /// Inflow that no signal shapes, vehicles in each second.
    float inflow;
    /// F of Robertson's recursion.
    float smoothing;
    /// Share of the vehicles that are due one second later.
    float lateShare;
    /// (1 - F)^(1 + second): what is left of the last second before the cycle in each second of it; 0 for nothing.
    const float *decay;
    /// 1 / (1 - (1 - F)^bins).
    float closure;
    /// Result: vehicles that come in a cycle, by candidate.
    float *totals;
} ProfileRoad;

/// One lane group at the end of a road.
typedef struct {
    /// Share of each second in which it is served: `bins` rows.
    const float *service;
    /// Sum of the service over the cycle, by candidate.
    const float *serviceSums;
    /// Vehicles that can leave in a second of full service.
    float saturation;
    /// Share of the road's vehicles, more than 0.
    float share;
    /// Departures, in the road's vehicles: `bins` rows; holds those of the last visit, and is overwritten.
    float *departures;
    /// Vehicles in each of those departures, by candidate; overwritten likewise.
    float *scales;
    /// Room for a row.
    float *rates;
    /// Results by candidate, in the road's vehicles: in queue, summed over the seconds; stopped.
    float *queued;
    float *stopped;
    /// Result: change of the departures, vehicles in a second: the root of the sum of the squares over the cycle, of the
    /// candidate where it is greatest.
    float changed;
} ProfileGroup;

/// What a lane group gives way to.
typedef struct {
    const float *departures;
    /// Vehicles in each of its departures, by candidate.
    const float *scales;
    /// Share of them that count.
    float share;
} ProfileFoe;

/// One part of the service of a lane group that gives way: its movements of one signal group.
typedef struct {
    /// Share of each second that is green, times its share of the lane group's vehicles: `bins` rows.
    const float *green;
    int32_t foeCount;
    const ProfileFoe *foes;
    /// A quarter of the time of the opposing stream that each vehicle needs, s.
    float gap;
    /// Service in green whatever comes, by candidate.
    const float *least;
} ProfileYield;

/// Brings a road to the periodic steady state that goes with the present departures upstream.
///
/// Mixes, delays and disperses what comes to it, and runs the queues of its lane groups. Their service must be in place.
///
/// @param least Least share of its demand that a lane group serves.
/// @param arrivals Result: arrivals at the stop line, `bins` rows.
/// @param first Whether the departures hold nothing yet that a change could be seen from.
void greenband_profile_visit(
    int32_t bins, const ProfileRoad *road, int32_t count, ProfileGroup *groups, float least, float *arrivals,
    int32_t first);

/// Adds what a lane group costs to sums, by candidate: area under the queue, incremental delay, stops.
///
/// d2 = 900 T ((X - 1) + sqrt((X - 1)^2 + 8 k I X / (c T))), T in hours (HCM 2010 equation 18-45), for all who come.
///
/// @param totals Vehicles that come to the road in a cycle, by candidate.
/// @param randomness k I.
/// @param period T, s.
void greenband_profile_cost(
    int32_t bins, const ProfileGroup *group, const float *totals, float least, float randomness, float period,
    float *uniform, float *incremental, float *stops);

/// The service of a lane group that gives way, `bins` rows, and its sum over the cycle, one row.
void greenband_profile_yield(int32_t bins, int32_t count, const ProfileYield *parts, float *service, float *sum);

/// When something is green: `bins` rows with the share of each second between a start and an end.
///
/// @param weight What a full second counts for.
/// @param starts Start by candidate, 0 ..< bins, s.
/// @param ends End by candidate, start ... start + bins, s.
/// @param first Whether the service begins with this green, instead of adding it.
/// @param sum Sum of the service over the cycle, one row.
void greenband_profile_green(
    int32_t bins, float weight, const float *starts, const float *ends, int32_t first, float *service, float *sum);

/// What the queue of a lane group costs for every whole-second shift of its arrivals at once.
///
/// @param shifting Arrivals that come later by the shift: the cycle in reverse, over and over for bins + padded values.
/// @param fixed Arrivals that stay: `bins` values.
/// @param capacity Greatest departures in each second: `bins` values.
/// @param padded `bins` rounded up to a multiple of the width.
/// @param queued Results, `padded` values each, of which the first `bins` are of the shifts 0, 1, ...
void greenband_profile_shift(
    int32_t bins, const float *shifting, const float *fixed, const float *capacity, int32_t padded, float *queued,
    float *stopped);
