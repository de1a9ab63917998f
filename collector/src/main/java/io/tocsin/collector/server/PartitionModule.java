/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import io.tocsin.collector.backup.BackupSettings;
import io.tocsin.collector.backup.Backups;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.partition.LocalPartitions;
import io.tocsin.collector.partition.PartitionHome;
import io.tocsin.collector.partition.PartitionSettings;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleCheck;
import io.tocsin.collector.rule.RuleDefaults;
import io.tocsin.collector.trace.Traces;
import java.util.List;

/** Wires journal, engine and store, which a partition holds together, and copies of what they have on disk. */
public record PartitionModule(
        PartitionSettings settings,
        BackupSettings backups,
        List<PartitionHome> homes,
        DetectorCatalog catalog,
        RuleDefaults defaults,
        List<Rule> rules,
        EngineClock clock,
        String build,
        Traces traces)
        implements Module {
    @Override
    public void configure(Binder binder) {
        LocalPartitions partitions = new LocalPartitions(settings, homes, catalog, rules, clock, build, traces);
        binder.bind(LocalPartitions.class).toInstance(partitions);
        binder.bind(Partitions.class).toInstance(partitions);
        binder.bind(Backups.class).toInstance(new Backups(backups, partitions::local, clock, build));
        binder.bind(DetectorCatalog.class).toInstance(catalog);
        binder.bind(RuleCheck.class).toInstance(new RuleCheck(catalog, defaults));
    }
}
