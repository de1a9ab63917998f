/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.sending;

import io.tocsin.cli.console.CommandFailure;
import io.tocsin.client.Balance;
import io.tocsin.client.TocsinClient;
import java.time.Duration;
import java.util.function.Consumer;

/** Brings what was recorded to its end: acknowledged, rejected or dropped. Stateless. */
public final class Delivery {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** So long may pass without one more record answered. */
    private static final int PATIENCE_LOOKS = 60;

    private Delivery() {}

    /**
     * Waits until nothing is queued or in flight.
     *
     * @param target for the message
     * @param each hears how it stands, about once a second
     * @throws CommandFailure no answer came for a minute
     */
    public static void finish(TocsinClient client, String target, Consumer<Balance> each) {
        Balance before = client.balance();
        int looksWithoutAnswer = 0;
        while (!client.flush(LOOK_EVERY)) {
            Balance now = client.balance();
            each.accept(now);
            boolean answered = answered(now) > answered(before);
            looksWithoutAnswer = answered ? 0 : looksWithoutAnswer + 1;
            before = now;
            if (looksWithoutAnswer >= PATIENCE_LOOKS) {
                throw new CommandFailure(target + " has not answered for "
                        + PATIENCE_LOOKS * LOOK_EVERY.toSeconds() + " s; " + lastLine(now) + ", "
                        + (now.queued() + now.inFlight()) + " unanswered");
            }
        }
    }

    /** {@code acked=N rejected=N dropped=N}. */
    public static String lastLine(Balance balance) {
        return "acked=" + balance.acked() + " rejected=" + balance.rejected() + " dropped=" + dropped(balance);
    }

    /** Whether every record is in the collector's journal. */
    public static boolean allAcked(Balance balance) {
        return balance.rejected() == 0 && dropped(balance) == 0;
    }

    private static long answered(Balance balance) {
        return balance.acked() + balance.rejected() + dropped(balance);
    }

    private static long dropped(Balance balance) {
        return balance.dropped().values().stream().mapToLong(Long::longValue).sum();
    }
}
