/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

/**
 * What an engine did since it began. Written by the partition's thread, read by any: each value is as of a moment ago.
 */
public final class EngineCounters {
    private volatile long entries;
    private volatile long outcomes;
    private volatile long measurements;
    private volatile long late;
    private volatile long windowsJudged;
    private volatile long overflowRecords;
    private volatile long undefinedRecords;
    private volatile long untrackedTasks;
    private volatile long expiredTasks;
    private volatile long detectorFailures;
    private volatile long unwatchedGroups;
    private volatile long events;
    private volatile long tracedRecords;
    private volatile long statesNotSaved;
    private volatile long detectorsStartedOver;

    /** Entries applied. */
    public long entries() {
        return entries;
    }

    /** Outcomes applied, tasks past their deadline included. */
    public long outcomes() {
        return outcomes;
    }

    /** Values and increments applied. */
    public long measurements() {
        return measurements;
    }

    /** Records that came after their window was sealed. */
    public long late() {
        return late;
    }

    /** Windows given to detectors. */
    public long windowsJudged() {
        return windowsJudged;
    }

    /** Records that an overflow series took. */
    public long overflowRecords() {
        return overflowRecords;
    }

    /** Records of a producer whose definitions went, because there were too many producers since; they are lost. */
    public long undefinedRecords() {
        return undefinedRecords;
    }

    /** Starts that were not watched, because too many were open. */
    public long untrackedTasks() {
        return untrackedTasks;
    }

    /** Tasks that were not completed by their deadline. */
    public long expiredTasks() {
        return expiredTasks;
    }

    /** Calls of detectors that threw. */
    public long detectorFailures() {
        return detectorFailures;
    }

    /** Groups that no detector watches, because their rule has too many. */
    public long unwatchedGroups() {
        return unwatchedGroups;
    }

    /** Alert events. */
    public long events() {
        return events;
    }

    /** Outcomes that came with a trace id. */
    public long tracedRecords() {
        return tracedRecords;
    }

    /** Times that a detector could not save its state, since this process began. */
    public long statesNotSaved() {
        return statesNotSaved;
    }

    /** Detectors that began anew after a restart of the collector, since they could not go on with the state they had. */
    public long detectorsStartedOver() {
        return detectorsStartedOver;
    }

    void states(long notSavedNow, long startedOverNow) {
        statesNotSaved = notSavedNow;
        detectorsStartedOver = startedOverNow;
    }

    void traced(long now) {
        tracedRecords = now;
    }

    void entries(long now) {
        entries = now;
    }

    void records(long outcomesNow, long measurementsNow, long lateNow, long overflowNow, long undefinedNow) {
        outcomes = outcomesNow;
        measurements = measurementsNow;
        late = lateNow;
        overflowRecords = overflowNow;
        undefinedRecords = undefinedNow;
    }

    void tasks(long untrackedNow, long expiredNow) {
        untrackedTasks = untrackedNow;
        expiredTasks = expiredNow;
    }

    void detection(long windowsNow, long failuresNow, long unwatchedNow, long eventsNow) {
        windowsJudged = windowsNow;
        detectorFailures = failuresNow;
        unwatchedGroups = unwatchedNow;
        events = eventsNow;
    }
}
