/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.simulation;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.builtin.AgentFailureFactory;
import io.tocsin.detectors.builtin.ErrorRateSpikeFactory;
import io.tocsin.detectors.builtin.LatencySpikeFactory;
import io.tocsin.detectors.builtin.ThroughputDropFactory;
import io.tocsin.detectors.testkit.RuleParameters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Runs the four anomaly rules, one detector of each for each agent type, beside a simulated orchestrator with incidents, and counts
 * what was found, when, and what was imagined.
 */
final class Simulation {
    private static final long START_MILLIS = 1_767_225_600_000L;
    private static final double LEAST_RATE = 10;

    private final int stepSeconds;
    private final int quietSeconds;
    private final Map<String, Map<String, String>> settings;
    private final int leastSeconds;
    private final int mostSeconds;
    private final int gapSeconds;
    private final int tailSeconds;

    private final Map<Incident.Kind, List<Integer>> delays = new EnumMap<>(Incident.Kind.class);
    private final Map<Incident.Kind, Integer> missed = new EnumMap<>(Incident.Kind.class);
    private final Map<String, Integer> falseAlarms = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();
    private double hours;

    private Simulation(
            int stepSeconds,
            int quietSeconds,
            Map<String, Map<String, String>> settings,
            int least,
            int most,
            int gap,
            int tail) {
        this.stepSeconds = stepSeconds;
        this.quietSeconds = quietSeconds;
        this.settings = settings;
        this.leastSeconds = least;
        this.mostSeconds = most;
        this.gapSeconds = gap;
        this.tailSeconds = tail;
    }

    /** Ten-second steps and defaults; incidents of one to three minutes, six minutes apart. */
    static Simulation ofDefaults() {
        return new Simulation(10, 600, Map.of(), 60, 180, 200, 60);
    }

    /** One-second steps, warm-up 15 s; incidents of 10 to 15 s. */
    static Simulation ofDemo(Map<String, Map<String, String>> settings) {
        return new Simulation(1, 20, settings, 10, 15, 20, 10);
    }

    int missed() {
        return missed.values().stream().mapToInt(Integer::intValue).sum();
    }

    int falseAlarms() {
        return falseAlarms.values().stream().mapToInt(Integer::intValue).sum();
    }

    int incidents() {
        return missed() + delays.values().stream().mapToInt(List::size).sum();
    }

    /** Runs for so long; half of the hours are without incidents, if {@code calm}. */
    void run(long seed, int runSeconds, boolean calm) {
        List<Incident> incidents = calm ? List.of() : plan(seed, runSeconds);
        Orchestrator orchestrator = new Orchestrator(seed, incidents);
        Watch watch = new Watch(incidents);
        for (int end = stepSeconds; end <= runSeconds; end += stepSeconds) {
            orchestrator.clear();
            for (int second = end - stepSeconds; second < end; second++) {
                orchestrator.run(second);
            }
            watch.step(orchestrator, end);
        }
        watch.finish();
        hours += runSeconds / 3600.0;
    }

    private List<Incident> plan(long seed, int runSeconds) {
        Random random = new Random(~seed);
        Orchestrator rates = new Orchestrator(seed, List.of());
        List<Incident> plan = new ArrayList<>();
        int second = quietSeconds;
        Incident.Kind[] kinds = Incident.Kind.values();
        while (true) {
            int start = second + random.nextInt(gapSeconds / 3);
            Incident.Kind kind = kinds[random.nextInt(kinds.length)];
            int length = leastSeconds + random.nextInt(mostSeconds - leastSeconds + 1);
            if (kind == Incident.Kind.SILENCE) {
                length = Math.min(length, 30 + random.nextInt(60));
            }
            int type = random.nextInt(Orchestrator.TYPES);
            for (int tried = 0; tried < Orchestrator.TYPES && rates.rate(type, start) < LEAST_RATE; tried++) {
                type = (type + 1) % Orchestrator.TYPES;
            }
            boolean one = kind == Incident.Kind.ONE_INSTANCE_FAILS_30_PERCENT;
            if (start + length + 2 * tailSeconds > runSeconds) {
                return plan;
            }
            second = start + length + gapSeconds;
            int instance = one ? random.nextInt(Orchestrator.INSTANCES) : Incident.ALL_INSTANCES;
            if (rates.rate(type, start) >= LEAST_RATE) {
                plan.add(new Incident(kind, type, instance, start, start + length));
            }
        }
    }

    private final class Watch {
        private final List<Incident> incidents;
        private final Detector[][] detectors = new Detector[Orchestrator.TYPES][];
        private final List<DetectorFactory> factories = List.of(
                new LatencySpikeFactory(),
                new ErrorRateSpikeFactory(),
                new ThroughputDropFactory(),
                new AgentFailureFactory());
        private final Outcomes[] types = new Outcomes[Orchestrator.TYPES];
        private final Listener listener = new Listener();
        private final Map<String, Integer> lastFalse = new TreeMap<>();
        private int current;
        private boolean found;
        private double bestMeant;

        Watch(List<Incident> incidents) {
            this.incidents = incidents;
            for (int type = 0; type < detectors.length; type++) {
                types[type] = new Outcomes();
                detectors[type] = factories.stream()
                        .map(factory -> factory.create(
                                RuleParameters.of(factory, settings.getOrDefault(factory.name(), Map.of()))))
                        .toArray(Detector[]::new);
            }
        }

        void step(Orchestrator orchestrator, int endSecond) {
            long end = START_MILLIS + endSecond * 1000L;
            long start = end - stepSeconds * 1000L;
            for (int type = 0; type < types.length; type++) {
                types[type].clear();
                for (int instance = 0; instance < Orchestrator.INSTANCES; instance++) {
                    types[type].addAll(orchestrator.outcomes[type * Orchestrator.INSTANCES + instance]);
                }
                for (int rule = 0; rule < factories.size(); rule++) {
                    listener.reset();
                    Detector detector = detectors[type][rule];
                    if (rule < 3) {
                        detector.observe(types[type].as(0, start, end), listener);
                    } else {
                        for (int instance = 0; instance < Orchestrator.INSTANCES; instance++) {
                            detector.observe(
                                    orchestrator.outcomes[type * Orchestrator.INSTANCES + instance].as(
                                            instance, start, end),
                                    listener);
                        }
                    }
                    detector.step(end, listener);
                    if (current < incidents.size()
                            && isMeant(incidents.get(current), rule)
                            && incidents.get(current).type() == type
                            && endSecond > incidents.get(current).startSecond()) {
                        bestMeant = Math.max(bestMeant, listener.worst());
                    }
                    if (listener.worst() >= 1) {
                        heard(type, rule, endSecond);
                    }
                }
            }
            if (current < incidents.size()
                    && endSecond >= incidents.get(current).endSecond() + tailSeconds) {
                close();
            }
        }

        private void heard(int type, int rule, int endSecond) {
            Incident incident = current < incidents.size() ? incidents.get(current) : null;
            boolean during = incident != null
                    && endSecond > incident.startSecond()
                    && endSecond < incident.endSecond() + tailSeconds
                    && incident.type() == type;
            if (!during) {
                String where = factories.get(rule).name() + " " + listener.worstKind();
                String alarm = where + " " + type;
                // one alarm goes on until there was none for five minutes
                if (endSecond - lastFalse.getOrDefault(alarm, -10_000) > 300) {
                    falseAlarms.merge(where, 1, Integer::sum);
                }
                lastFalse.put(alarm, endSecond);
            } else if (!found && isMeant(incident, rule) && endSecond <= incident.endSecond() + 2 * stepSeconds) {
                found = true;
                delays.computeIfAbsent(incident.kind(), k -> new ArrayList<>()).add(endSecond - incident.startSecond());
            }
        }

        private boolean isMeant(Incident incident, int rule) {
            return switch (incident.kind()) {
                case LATENCY_TIMES_3 -> rule == 0;
                case ERRORS_PLUS_20_POINTS -> rule == 1;
                case THROUGHPUT_MINUS_60_PERCENT, SILENCE -> rule == 2;
                case ONE_INSTANCE_FAILS_30_PERCENT -> rule == 3 && listener.worstMember() == incident.instance();
            };
        }

        private void close() {
            if (!found) {
                missed.merge(incidents.get(current).kind(), 1, Integer::sum);
                misses.add(incidents.get(current) + " with a score of at most " + bestMeant);
            }
            bestMeant = 0;
            found = false;
            current++;
        }

        void finish() {
            while (current < incidents.size()) {
                close();
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%.1f simulated hours, %d incidents, %d missed, %d false alarms %s%n",
                hours, incidents(), missed(), falseAlarms(), falseAlarms));
        for (Incident.Kind kind : Incident.Kind.values()) {
            List<Integer> sorted =
                    delays.getOrDefault(kind, List.of()).stream().sorted().toList();
            if (!sorted.isEmpty() || missed.containsKey(kind)) {
                text.append(String.format(
                        "  %-30s found %4d, missed %d, delay median %s s, greatest %s s%n",
                        kind,
                        sorted.size(),
                        missed.getOrDefault(kind, 0),
                        sorted.isEmpty() ? "-" : sorted.get(sorted.size() / 2),
                        sorted.isEmpty() ? "-" : sorted.get(sorted.size() - 1)));
            }
        }
        misses.forEach(miss -> text.append("  missed ").append(miss).append('\n'));
        return text.toString();
    }
}
