/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

/** Where engine time comes from. Confined to the journal writer's thread. */
interface TickSource {

    /** Engine time for the end of a group. */
    long tickMillis();

    /** A batch was written whose latest record is this late. */
    default void wrote(long latestRecordMillis) {}

    /** Whether time passes without input. */
    boolean ticksWhenIdle();

    /** The collector's clock. */
    record Live(EngineClock clock) implements TickSource {
        @Override
        public long tickMillis() {
            return clock.millis();
        }

        @Override
        public boolean ticksWhenIdle() {
            return true;
        }
    }

    /** A recording's own records. */
    final class OfRecords implements TickSource {
        private long latestMillis;

        @Override
        public long tickMillis() {
            return latestMillis;
        }

        @Override
        public void wrote(long latestRecordMillis) {
            latestMillis = Math.max(latestMillis, latestRecordMillis);
        }

        @Override
        public boolean ticksWhenIdle() {
            return false;
        }
    }
}
