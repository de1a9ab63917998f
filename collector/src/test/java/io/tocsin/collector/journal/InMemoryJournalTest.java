/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

class InMemoryJournalTest extends JournalContract {
    @Override
    protected Journal open() {
        return new InMemoryJournal();
    }
}
