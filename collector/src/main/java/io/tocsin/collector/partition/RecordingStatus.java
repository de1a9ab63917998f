/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

/**
 * A recording, at one moment.
 *
 * @param firstRecordMillis record time of its earliest record; 0 if it has none
 * @param lastRecordMillis record time of its latest record; 0 if it has none
 * @param complete its producer said Goodbye and all of its windows are judged
 */
public record RecordingStatus(
        String name,
        long createdMillis,
        long firstRecordMillis,
        long lastRecordMillis,
        long records,
        boolean complete) {}
