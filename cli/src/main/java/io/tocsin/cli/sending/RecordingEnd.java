/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.sending;

import io.tocsin.cli.console.CollectorConnection;
import io.tocsin.cli.console.CommandFailure;
import io.tocsin.v1.ListRecordingsRequest;
import io.tocsin.v1.Recording;

/** Waits until a recording, whose last record was acknowledged, is judged to its end, so that what one asks then is all of it. Stateless. */
public final class RecordingEnd {
    private static final long LOOK_EVERY_MILLIS = 100;
    /** So many looks may pass without the recording getting on. */
    private static final int PATIENCE_LOOKS = 600;

    private RecordingEnd() {}

    /**
     * Returns when all windows of the recording are judged.
     *
     * @param each called at each look
     * @throws CommandFailure it did not get on for a minute, or is gone
     */
    public static void await(CollectorConnection collector, String recording, Runnable each)
            throws InterruptedException {
        Recording before = Recording.getDefaultInstance();
        for (int looks = 0; looks < PATIENCE_LOOKS; looks++) {
            Recording now = find(collector, recording);
            if (now.getComplete()) {
                return;
            }
            if (!now.getLastRecordTime().equals(before.getLastRecordTime())) {
                before = now;
                looks = 0;
            }
            each.run();
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        throw new CommandFailure("recording " + recording + " was not judged to its end: it has not got on for "
                + PATIENCE_LOOKS * LOOK_EVERY_MILLIS / 1_000 + " s");
    }

    private static Recording find(CollectorConnection collector, String recording) {
        return collector
                .ask(() -> collector.admin().listRecordings(ListRecordingsRequest.getDefaultInstance()))
                .getRecordingsList()
                .stream()
                .filter(r -> r.getName().equals(recording))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("recording " + recording + " is gone from the collector"));
    }
}
