/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.journal.EngineClock;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.trace.Traces;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * The partitions of this process: a fixed number of live ones, over which tenants are spread by the hash of their name, and recordings. Thread-safe.
 */
public final class LocalPartitions implements Partitions, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LocalPartitions.class.getName());

    private record RecordingKey(String tenant, String name) {}

    private final PartitionSettings settings;
    private final DetectorCatalog catalog;
    private final EngineClock clock;
    private final List<Rule> declared;
    private final String build;
    private final Traces traces;
    private final List<LocalPartition> live = new ArrayList<>();
    private final Object lock = new Object();
    private final Map<RecordingKey, LocalPartition> recordings = new LinkedHashMap<>(); // guarded by lock
    private final Set<String> tenants = new HashSet<>(); // guarded by lock: those that have the declared rules
    private int nextNumber; // guarded by lock
    /** Changes of declared rules that a tenant has not got, because its journal took no more; given with the next call. */
    private final Map<String, Queue<Entry>> owed = new ConcurrentHashMap<>();

    /**
     * @param homes of the live partitions, by number
     * @param declared rules of the build and of the configuration file, which every tenant has
     * @param build version, for the journal
     */
    public LocalPartitions(
            PartitionSettings settings,
            List<PartitionHome> homes,
            DetectorCatalog catalog,
            List<Rule> declared,
            EngineClock clock,
            String build) {
        this(settings, homes, catalog, declared, clock, build, Traces.NONE);
    }

    /** The same; {@code traces} hears of what the partitions do. */
    public LocalPartitions(
            PartitionSettings settings,
            List<PartitionHome> homes,
            DetectorCatalog catalog,
            List<Rule> declared,
            EngineClock clock,
            String build,
            Traces traces) {
        this.settings = settings;
        this.catalog = catalog;
        this.declared = List.copyOf(declared);
        this.clock = clock;
        this.build = build;
        this.traces = traces;
        homes.forEach(home -> live.add(LocalPartition.live(home, settings, catalog, clock, build, traces)));
        nextNumber = live.size();
    }

    /**
     * Applies what is in the journals.
     *
     * @throws IllegalStateException if one cannot be applied
     */
    public void recover(Recovery recovery) {
        live.forEach(partition -> partition.recover(recovery));
    }

    /** Begins, after {@link #recover}. Tenants that the journals name have the declared rules from then on. */
    public void begin() {
        live.forEach(partition -> partition.begin(List.of(started())));
        live.forEach(partition -> partition.before().tenants().forEach(this::live));
    }

    private Entry started() {
        return new Entry.Started(build, catalog.hashes(), settings.alerting());
    }

    @Override
    public Partition live(String tenant) {
        LocalPartition home = live.get(Math.floorMod(tenant.hashCode(), live.size()));
        synchronized (lock) {
            if (tenants.add(tenant)) {
                changes(tenant, home).forEach(change -> declare(tenant, change, home));
            }
        }
        Queue<Entry> late = owed.remove(tenant);
        if (late != null) {
            late.forEach(change -> declare(tenant, change, home));
        }
        return home;
    }

    /** Nobody waits for it; whether it runs shows in RuleViews. */
    private void declare(String tenant, Entry change, LocalPartition home) {
        var unused = home.intake().command(change).whenComplete((position, thrown) -> {
            if (thrown != null) {
                LOG.log(
                        WARNING,
                        "the rules of tenant \"" + tenant + "\" are not yet as declared: " + thrown.getMessage());
                owed.computeIfAbsent(tenant, t -> new ConcurrentLinkedQueue<>()).add(change);
            }
        });
    }

    /** Only what differs from the journal: to set a rule again would begin its detectors anew. */
    private List<Entry> changes(String tenant, LocalPartition home) {
        Map<String, Rule> known = home.before().rules(tenant);
        Set<String> names = declared.stream().map(Rule::name).collect(Collectors.toSet());
        List<Entry> changes = new ArrayList<>();
        for (Rule rule : known.values()) {
            if (rule.origin() != Origin.API && !names.contains(rule.name())) {
                changes.add(new Entry.RuleRemoved(tenant, rule.name()));
            }
        }
        for (Rule rule : declared) {
            if (!rule.equals(known.get(rule.name()))) {
                changes.add(new Entry.RuleSet(tenant, rule));
            }
        }
        for (RuleView stuck : home.rules().rules(tenant)) {
            Entry again = new Entry.RuleSet(tenant, stuck.rule());
            boolean isUnchanged = stuck.rule().equals(known.get(stuck.rule().name()));
            if (couldRun(stuck) && isUnchanged && !changes.contains(again)) {
                changes.add(again);
            }
        }
        return changes;
    }

    /** It does not run since the restart, though its detector is here. */
    private boolean couldRun(RuleView stuck) {
        return !stuck.problem().isEmpty()
                && stuck.groups() == 0
                && catalog.find(stuck.rule().detector()).isPresent();
    }

    @Override
    public Optional<Partition> recording(String tenant, String name) {
        synchronized (lock) {
            return Optional.ofNullable(recordings.get(new RecordingKey(tenant, name)));
        }
    }

    @Override
    public Partition openRecording(String tenant, String name) {
        RecordingKey key = new RecordingKey(tenant, name);
        synchronized (lock) {
            LocalPartition known = recordings.get(key);
            if (known != null) {
                return known;
            }
            long count = recordings.keySet().stream()
                    .filter(k -> k.tenant().equals(tenant))
                    .count();
            if (count >= settings.maxRecordings()) {
                throw new TooManyRecordingsException(name, settings.maxRecordings());
            }
            LocalPartition created = LocalPartition.recording(nextNumber++, name, settings, catalog, clock, traces);
            List<Entry> first = new ArrayList<>(List.of(started()));
            rulesOf(tenant).forEach(rule -> first.add(new Entry.RuleSet(tenant, rule)));
            created.recover(new Recovery(clock, line -> {}));
            created.begin(first);
            recordings.put(key, created);
            return created;
        }
    }

    /** As applied by the tenant's live partition; the declared ones while that has not applied them all. */
    private List<Rule> rulesOf(String tenant) {
        List<RuleView> shown = live(tenant).rules().rules(tenant);
        return shown.size() < declared.size()
                ? declared
                : shown.stream().map(RuleView::rule).toList();
    }

    @Override
    public boolean removeRecording(String tenant, String name) {
        LocalPartition removed;
        synchronized (lock) {
            removed = recordings.remove(new RecordingKey(tenant, name));
        }
        if (removed == null) {
            return false;
        }
        removed.close();
        return true;
    }

    @Override
    public List<Partition> recordings(String tenant) {
        synchronized (lock) {
            List<Partition> found = new ArrayList<>();
            recordings.forEach((key, partition) -> {
                if (key.tenant().equals(tenant)) {
                    found.add(partition);
                }
            });
            found.sort(Comparator.comparingInt(Partition::number).reversed());
            return found;
        }
    }

    @Override
    public List<Partition> all() {
        return List.copyOf(local());
    }

    /** The same, as what they are here. */
    public List<LocalPartition> local() {
        synchronized (lock) {
            List<LocalPartition> all = new ArrayList<>(live);
            all.addAll(recordings.values());
            return all;
        }
    }

    @Override
    public void close() {
        local().forEach(LocalPartition::close);
    }
}
