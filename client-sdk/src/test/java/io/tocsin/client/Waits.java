/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import io.tocsin.client.internal.delivery.Patience;
import java.time.Duration;

/** Short waits for tests that break many streams. */
final class Waits {
    static final Duration SOON = Duration.ofSeconds(20);

    static final Patience SHORT = new Patience(
            Duration.ofMillis(2),
            Duration.ofMillis(20),
            1_000_000,
            Duration.ofMillis(50),
            Duration.ofMillis(300),
            Duration.ofMillis(50));

    private Waits() {}

    static Builder client(FakeCollector... collectors) {
        String[] endpoints = new String[collectors.length];
        for (int i = 0; i < collectors.length; i++) {
            endpoints[i] = collectors[i].endpoint();
        }
        return TocsinClient.builder().endpoints(endpoints).patience(SHORT).maxBatchDelay(Duration.ofMillis(5));
    }
}
