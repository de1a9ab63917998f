/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.journal.ProducerKey;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tasks that were started with a deadline and are not completed yet. One that passes its deadline is an outcome that failed.
 *
 * <p>Bounded: beyond {@code maxOpen} further starts are not watched, and counted.
 */
public final class OpenTasks {
    /** Error type of a task past its deadline. */
    public static final String DEADLINE_EXCEEDED = "deadline_exceeded";

    private static final String SECTION = "tasks";
    private static final int VERSION = 1;

    private record TaskKey(ProducerKey producer, long taskId) {
        void save(StateWriter out) {
            producer.save(out);
            out.writeLong(taskId);
        }

        static TaskKey restore(StateReader in) throws IOException {
            return new TaskKey(ProducerKey.restore(in), in.readLong());
        }
    }

    private record Task(TaskKey key, Series series, long startMillis, long deadlineMillis, long order) {}

    /** Takes a task that was not completed in time. */
    public interface Expired {
        void expired(Series series, long deadlineMillis, double seconds);
    }

    private final int maxOpen;
    /** Never iterated over. */
    private final Map<TaskKey, Task> open = new HashMap<>();
    /** Those that passed their deadline: what completes them is no second outcome. Oldest first. */
    private final Set<TaskKey> expired = new LinkedHashSet<>();
    /** Those whose outcome came before their start, from a later batch perhaps. Oldest first. */
    private final Set<TaskKey> completedFirst = new LinkedHashSet<>();

    /** The open ones; a task leaves when it is completed, not only at its deadline, which may be a year away. */
    private final TreeSet<Task> byDeadline =
            new TreeSet<>(Comparator.comparingLong(Task::deadlineMillis).thenComparingLong(Task::order));

    private long starts;
    private long untracked;
    private long expiredCount;

    public OpenTasks(int maxOpen) {
        this.maxOpen = maxOpen;
    }

    public void save(StateWriter out, References references) {
        out.section(SECTION, VERSION);
        out.writeSize(byDeadline.size());
        for (Task task : byDeadline) {
            task.key().save(out);
            references.write(task.series(), out);
            out.writeNumber(task.startMillis());
            out.writeNumber(task.deadlineMillis());
            out.writeSize(task.order());
        }
        save(expired, out);
        save(completedFirst, out);
        out.writeSize(starts);
        out.writeSize(untracked);
        out.writeSize(expiredCount);
    }

    public void restore(StateReader in, References references) throws IOException {
        in.section(SECTION, VERSION);
        for (int left = in.readCount(); left > 0; left--) {
            Task task = new Task(
                    TaskKey.restore(in), references.readSeries(in), in.readNumber(), in.readNumber(), in.readSize());
            open.put(task.key(), task);
            byDeadline.add(task);
        }
        restore(expired, in);
        restore(completedFirst, in);
        starts = in.readSize();
        untracked = in.readSize();
        expiredCount = in.readSize();
    }

    private static void save(Set<TaskKey> oldestFirst, StateWriter out) {
        out.writeSize(oldestFirst.size());
        oldestFirst.forEach(key -> key.save(out));
    }

    private static void restore(Set<TaskKey> oldestFirst, StateReader in) throws IOException {
        for (int left = in.readCount(); left > 0; left--) {
            oldestFirst.add(TaskKey.restore(in));
        }
    }

    /** A task began; one without deadline is not watched. */
    public void started(Producer producer, long taskId, Series series, long startMillis, long deadlineMillis) {
        if (deadlineMillis <= 0) {
            return;
        }
        TaskKey key = new TaskKey(producer.key(), taskId);
        if (completedFirst.remove(key)) {
            return;
        }
        if (open.size() >= maxOpen) {
            untracked++;
            return;
        }
        Task task = new Task(key, series, startMillis, startMillis + deadlineMillis, starts++);
        if (open.putIfAbsent(key, task) == null) {
            byDeadline.add(task);
        }
    }

    /** A task was completed; false if it had passed its deadline and was counted then. */
    public boolean completed(Producer producer, long taskId) {
        TaskKey key = new TaskKey(producer.key(), taskId);
        Task task = open.remove(key);
        if (task != null) {
            byDeadline.remove(task);
            return true;
        }
        if (expired.remove(key)) {
            return false;
        }
        remember(key, completedFirst);
        return true;
    }

    private void remember(TaskKey key, Set<TaskKey> in) {
        in.add(key);
        if (in.size() > maxOpen) {
            in.remove(in.iterator().next());
        }
    }

    /** Hands over all tasks whose deadline is at or before this. */
    public void expire(long engineMillis, Expired sink) {
        while (!byDeadline.isEmpty() && byDeadline.first().deadlineMillis() <= engineMillis) {
            Task task = byDeadline.first();
            byDeadline.remove(task);
            open.remove(task.key());
            expiredCount++;
            remember(task.key(), expired);
            sink.expired(task.series(), task.deadlineMillis(), (task.deadlineMillis() - task.startMillis()) / 1_000.0);
        }
    }

    /** Tasks that are kept for their deadline. */
    int watched() {
        return byDeadline.size();
    }

    public long untracked() {
        return untracked;
    }

    public long expiredCount() {
        return expiredCount;
    }
}
