/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.tocsin.collector.admin.AdminDoor;
import io.tocsin.collector.backtest.Backtests;
import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.partition.PartitionHome;
import io.tocsin.collector.plugin.DetectorCatalog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Wires changes of rules and recordings, and backtests over the journals that are on disk. */
public record AdminModule(EngineSettings engine, List<PartitionHome> homes, DetectorCatalog catalog) implements Module {
    @Override
    public void configure(Binder binder) {
        Map<Integer, DataDirectory.Folders> journals = new TreeMap<>();
        for (PartitionHome home : homes) {
            home.folders().ifPresent(folders -> journals.put(home.number(), folders));
        }
        binder.bind(Backtests.class).toInstance(new Backtests(engine, catalog, journals));
        binder.bind(AdminDoor.class).in(Scopes.SINGLETON);
    }
}
