/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.journal.EntryCodec;
import io.tocsin.collector.rule.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@link RuleWatch#save} wrote. */
record SavedRule(
        String tenant,
        Rule rule,
        String declaredInputs,
        int stateFormat,
        long failures,
        String lastFailure,
        List<SavedGroup> groups) {

    static SavedRule read(StateReader in, References references) throws IOException {
        String tenant = in.readText();
        Rule rule = EntryCodec.readRule(in);
        String declaredInputs = in.readText();
        int stateFormat = (int) in.readSize();
        long failures = in.readSize();
        String lastFailure = in.readText();
        List<SavedGroup> groups = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            groups.add(SavedGroup.read(in, references));
        }
        return new SavedRule(tenant, rule, declaredInputs, stateFormat, failures, lastFailure, groups);
    }
}
