/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.v1.Scope;
import java.time.Duration;

/**
 * What a board wants of a collector. Immutable.
 *
 * @param window length of time that is shown, 1 m to 24 h
 * @param top how many agents, SLOs and alerts
 * @param interval least time between two answers
 * @param step length of a step of the trends, whole seconds
 * @param scope live or a recording
 */
public record FeedRequest(Duration window, int top, Duration interval, Duration step, Scope scope) {
    private static final int STEPS = 60;

    /** 100 of each, once a second, with a step that gives some 60 of them. */
    public static FeedRequest of(Duration window, Scope scope) {
        long seconds = Math.max(1, window.toSeconds() / STEPS);
        // from ten seconds on, whole tens: the collector keeps those longest
        long step = seconds < 10 ? seconds : seconds / 10 * 10;
        return new FeedRequest(window, 100, Duration.ofSeconds(1), Duration.ofSeconds(step), scope);
    }
}
