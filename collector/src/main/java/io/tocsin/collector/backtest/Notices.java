/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.plugin.DetectorCatalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What makes a backtest differ from what was, beside the rules: other builds, other detectors. Not thread-safe. */
final class Notices {
    private static final int MAX_NOTICES = 100;

    private final DetectorCatalog then;
    private final Set<String> notices = new LinkedHashSet<>();

    Notices(DetectorCatalog then) {
        this.then = then;
    }

    void add(String notice) {
        if (notices.size() < MAX_NOTICES) {
            notices.add(notice);
        }
    }

    /** A collector began to write here. */
    void started(Entry.Started started) {
        started.detectors().forEach((name, hash) -> {
            String here = then.hashes().get(name);
            if (here == null) {
                add("detector " + name
                        + " wrote this journal and is not loaded here: what its rules fired then is missing; "
                        + then.origin());
            } else if (!here.equals(hash)) {
                add(
                        "detector " + name
                                + " is not the one that ran then (another jar or build): what it fires may differ from what it fired");
            }
        });
    }

    List<String> list() {
        return new ArrayList<>(notices);
    }
}
