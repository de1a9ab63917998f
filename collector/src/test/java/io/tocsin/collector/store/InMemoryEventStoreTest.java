/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

class InMemoryEventStoreTest extends EventLogContract {
    @Override
    protected Log log(int kept) {
        StoreSettings usual = StoreSettings.DEFAULTS;
        InMemoryEventStore store = new InMemoryEventStore(new StoreSettings(
                usual.maxBytes(),
                usual.windowsKept(),
                usual.maxRollupBytes(),
                usual.minutesKept(),
                usual.fiveMinutesKept(),
                usual.halfHoursKept(),
                kept,
                kept));
        return new Log(store, store, store);
    }
}
