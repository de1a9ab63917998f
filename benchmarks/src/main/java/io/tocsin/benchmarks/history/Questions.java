/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.history;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** What is asked about the month, by name: paths by number of the round, so that those of series are about another one each time. */
final class Questions {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    /** A day, and the longest: 10,800 minutes, of 11,000 points that a line may have. */
    private static final int[] PAGE_HOURS = {24, 180};

    private final Map<String, IntFunction<String>> paths = new LinkedHashMap<>();

    private Questions() {}

    /** @param endMillis where what is stored ends */
    static Map<String, IntFunction<String>> of(int series, int days, long endMillis) {
        Questions all = new Questions();
        all.views();
        long to = endMillis / HOUR * HOUR;
        String month = range(to - days * DAY, to);
        all.ofSeries(series, days, month);
        for (int hours : PAGE_HOURS) {
            if (hours <= days * 24) {
                all.minutes(series, to, hours, days * 24 / hours);
            }
        }
        return all.paths;
    }

    private void views() {
        for (String view : List.of(
                "health",
                "dashboard",
                "slo",
                "metrics/agents",
                "metrics/agents/agent-1",
                "anomalies",
                "trends/latency",
                "performance/summary",
                "alerts")) {
            paths.put("`/monitoring/" + view + "`", round -> "/monitoring/" + view);
        }
        // a dashboard may be a second old: with another number of rows each time there is none to be given
        paths.put("`/monitoring/dashboard?top=N`", round -> "/monitoring/dashboard?top=" + (1 + round % 20));
    }

    private void ofSeries(int series, int days, String month) {
        String group = "a group of " + series / HistoryData.AGENT_TYPES + " series, " + days + " days at 1 h";
        paths.put(
                "one series, " + days + " days at 1 h",
                round -> path("1h", "gen_ai.agent.id=" + one(round, series)) + month);
        paths.put(group, round -> path("1h", "gen_ai.agent.name=agent-" + round % HistoryData.AGENT_TYPES) + month);
        paths.put(
                "the same, always of one that no rule or view keeps",
                round -> path("1h", "gen_ai.agent.name=agent-3&match=tocsin.task.type=task-0%7Ctask-1%7Ctask-2")
                        + month);
    }

    /** All pages, one in each round. */
    private void minutes(int series, long toMillis, int hours, int pages) {
        long lengthMillis = hours * HOUR;
        paths.put("one series at 1 min, a page of " + pages + " (" + hours * 60 + " points)", round -> {
            long end = toMillis - round % pages * lengthMillis;
            return path("1m", "gen_ai.agent.id=" + one(round, series)) + range(end - lengthMillis, end);
        });
    }

    private static String one(int round, int series) {
        int number = (int) (round * 379L % series); // all over the store, none again for long
        return HistoryData.instance(number);
    }

    private static String path(String step, String match) {
        return "/monitoring/series?metric=" + HistoryData.TASKS + "&quantile=0.5,0.95&step=" + step + "&match=" + match;
    }

    private static String range(long fromMillis, long toMillis) {
        return "&start_time=" + Instant.ofEpochMilli(fromMillis) + "&end_time=" + Instant.ofEpochMilli(toMillis);
    }
}
