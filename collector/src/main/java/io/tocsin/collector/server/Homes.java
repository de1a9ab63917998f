/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.config.CollectorConfig;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.partition.PartitionHome;
import io.tocsin.collector.partition.Recovery;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Opens what the live partitions' journals are kept in. */
final class Homes {
    private static final System.Logger LOG = System.getLogger(Homes.class.getName());

    private Homes() {}

    /**
     * In a directory or in memory, as configured. Engine time goes on from where the journals end.
     *
     * @param running stops them, if the start goes wrong before the partitions do
     */
    static List<PartitionHome> open(
            CollectorConfig config, StageSettings settings, EngineClock clock, Recovery recovery, StartStop running)
            throws CollectorStartException {
        if (config.inMemory()) {
            return IntStream.range(0, config.partitions())
                    .mapToObj(number ->
                            PartitionHome.inMemory(number, settings.partitions().journal()))
                    .toList();
        }
        try {
            DataDirectory directory = DataDirectory.open(config.dataDir(), config.partitions());
            running.started("data directory", () -> close(directory));
            List<PartitionHome> homes = PartitionHome.open(directory, settings.partitions(), recovery);
            running.started("journals and stores", () -> homes.forEach(PartitionHome::close));
            homes.forEach(home -> clock.resume(home.before().lastTickMillis()));
            return homes;
        } catch (IOException e) {
            throw new CollectorStartException(
                    "the data directory cannot be opened: " + (e.getMessage() == null ? e : e.getMessage()), e);
        }
    }

    private static void close(DataDirectory directory) {
        try {
            directory.close();
        } catch (IOException e) {
            LOG.log(WARNING, "the lock of " + directory.folder() + " could not be given back", e);
        }
    }
}
