/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.notify.channel.Answer;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Notification.Kind;
import io.tocsin.collector.notify.channel.Transports;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.store.EventLog;
import jakarta.inject.Inject;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells people and systems of the alerts of all live partitions; recordings page nobody. The engine only wakes it, and it only reads, so
 * nothing that a channel does holds anything else up. Thread-safe.
 */
public final class Notifier implements ChannelHealth, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Notifier.class.getName());
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);
    private static final int MAX_TESTS_WAITING = 16;

    private final NotifySettings settings;
    private final List<Partition> live;
    private final InstantSource clock;
    private final InstantSource wall;
    private final Outlets outlets;
    private final Dispatcher dispatcher;
    private final TurnThread thread;
    private final List<EventLog.Subscription> listening = new ArrayList<>();
    private final ThreadPoolExecutor tests = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_TESTS_WAITING), Notifier::testThread);
    private boolean running;

    /**
     * Starts nothing yet.
     *
     * @param clock for waits: goes on evenly
     * @param wall what the other side is told: goes with everybody's
     * @param out standard output
     */
    @Inject
    public Notifier(
            Partitions partitions, NotifySettings settings, InstantSource clock, WallClock wall, PrintStream out) {
        this.settings = settings;
        this.live = partitions.all().stream()
                .filter(partition -> partition.recording().isEmpty())
                .toList();
        this.clock = clock;
        this.wall = wall.source();
        ToDispatcher watcher = new ToDispatcher();
        this.outlets = new Outlets(
                settings,
                clock,
                this.wall,
                () -> ThreadLocalRandom.current().nextDouble(),
                out,
                watcher,
                Transports::to);
        this.dispatcher = new Dispatcher(settings, live, outlets);
        this.thread = new TurnThread("tocsin-notify", dispatcher, clock);
        watcher.set(dispatcher, thread);
        tests.allowCoreThreadTimeOut(true);
    }

    private static Thread testThread(Runnable work) {
        Thread made = new Thread(work, "tocsin-notify-test");
        made.setDaemon(true);
        return made;
    }

    /** Starts its threads, once the partitions are recovered; none where nothing is to be sent. */
    public synchronized void start() {
        if (!settings.enabled() || settings.channels().isEmpty()) {
            return;
        }
        outlets.start();
        live.forEach(partition -> listening.add(partition.events().onAppend(thread::wake)));
        dispatcher.begin(clock.millis());
        thread.start();
        running = true;
    }

    /** One that there is. */
    public ChannelStatus channel(String name) {
        return outlets.sender(name)
                .map(ChannelSender::status)
                .orElseThrow(() -> new IllegalArgumentException("there is no channel " + name));
    }

    /** By name. */
    public List<ChannelStatus> channels() {
        return outlets.senders().stream()
                .map(ChannelSender::status)
                .sorted(Comparator.comparing(ChannelStatus::name))
                .toList();
    }

    /** Changes of alerts that were gone before they could be read. */
    public long missed() {
        return dispatcher.missed();
    }

    @Override
    public List<String> problems() {
        return outlets.senders().stream()
                .map(ChannelSender::problem)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether anything is sent at all. */
    public boolean isEnabled() {
        return settings.enabled();
    }

    /**
     * Sends a test, once and past the queue. Completes with what came of it; empty if there is no such channel. At most
     * {@value #MAX_TESTS_WAITING} wait.
     *
     * @throws RejectedExecutionException if more do
     */
    public Optional<CompletableFuture<TestResult>> test(String channel) {
        return outlets.sender(channel).map(sender -> CompletableFuture.supplyAsync(() -> test(sender), tests));
    }

    private TestResult test(ChannelSender sender) {
        long begin = clock.millis();
        Notification test = Notification.of(
                Kind.TEST,
                "test-" + wall.millis(),
                "A test of channel " + sender.name() + ", sent by hand. Nothing is wrong.",
                List.of(),
                wall.millis());
        Answer answer = sender.sendPastQueue(test);
        return new TestResult(answer.isDelivered(), answer.text(), clock.millis() - begin);
    }

    /** Sends what waits, for three seconds at most, and reports what is left behind. */
    @Override
    public synchronized void close() {
        tests.shutdownNow();
        if (!running) {
            return;
        }
        running = false;
        listening.forEach(EventLog.Subscription::close);
        thread.stop(Duration.ofSeconds(1));
        dispatcher.finish(clock.millis());
        int left = outlets.stop(STOP_WITHIN, clock);
        if (left > 0) {
            LOG.log(
                    Level.WARNING,
                    left
                            + " notifications were not sent before the stop; with a data directory the next start tells them");
        } else {
            dispatcher.noteTold(clock.millis());
        }
    }

    /** Channels are made before the dispatcher that hears of them. */
    private static final class ToDispatcher implements ChannelSender.Watcher {
        private volatile ChannelSender.Watcher to = NOBODY;
        private volatile Runnable wake = () -> {};

        void set(Dispatcher dispatcher, TurnThread thread) {
            to = dispatcher;
            wake = thread::wake;
        }

        @Override
        public void failing(String channel, String error) {
            to.failing(channel, error);
            wake.run();
        }

        @Override
        public void working(String channel, long lostMeanwhile) {
            to.working(channel, lostMeanwhile);
            wake.run();
        }
    }

    private static final ChannelSender.Watcher NOBODY = new ChannelSender.Watcher() {
        @Override
        public void failing(String channel, String error) {}

        @Override
        public void working(String channel, long lostMeanwhile) {}
    };
}
