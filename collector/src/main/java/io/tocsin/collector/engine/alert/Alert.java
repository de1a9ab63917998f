/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One problem, as it stood after one of its events. Immutable. Times are engine time in milliseconds since 1970 UTC; 0: has not
 * happened.
 *
 * @param id one for each time the problem comes
 * @param dedupKey equal for each time it comes
 * @param evidence of its worst score so far
 * @param slo whether the rule keeps an SLO
 * @param description the rule's sentence for people
 * @param acknowledgement who takes care of it; kept when it is resolved
 * @param problemSinceMillis where the first window that was judged bad begins, in record time
 * @param exampleTraceIds of failed or slow requests of its group, newest last, as 32 hexadecimal digits
 */
public record Alert(
        String tenant,
        String id,
        String dedupKey,
        AlertState state,
        Severity severity,
        String rule,
        String detector,
        boolean slo,
        String kind,
        Attributes group,
        Attributes labels,
        Evidence evidence,
        long startedMillis,
        long firedMillis,
        long resolvedMillis,
        long changedMillis,
        long lastEvent,
        double peakScore,
        String resolution,
        String description,
        Optional<Acknowledgement> acknowledgement,
        long problemSinceMillis,
        List<String> exampleTraceIds) {
    public Alert {
        exampleTraceIds = List.copyOf(exampleTraceIds);
    }

    public void save(StateWriter out) {
        out.writeText(tenant);
        out.writeText(id);
        out.writeText(dedupKey);
        out.writeText(state.name());
        out.writeText(severity.name());
        out.writeText(rule);
        out.writeText(detector);
        out.writeBoolean(slo);
        out.writeText(kind);
        out.write(group);
        out.write(labels);
        evidence.save(out);
        out.writeNumber(startedMillis);
        out.writeNumber(firedMillis);
        out.writeNumber(resolvedMillis);
        out.writeNumber(changedMillis);
        out.writeSize(lastEvent);
        out.writeDouble(peakScore);
        out.writeText(resolution);
        out.writeText(description);
        out.writeBoolean(acknowledgement.isPresent());
        acknowledgement.ifPresent(known -> known.save(out));
        out.writeNumber(problemSinceMillis);
        out.writeSize(exampleTraceIds.size());
        exampleTraceIds.forEach(out::writeText);
    }

    public static Alert restore(StateReader in) throws IOException {
        return new Alert(
                in.readText(),
                in.readText(),
                in.readText(),
                in.readConstant(AlertState.class),
                in.readConstant(Severity.class),
                in.readText(),
                in.readText(),
                in.readBoolean(),
                in.readText(),
                in.readAttributes(),
                in.readAttributes(),
                Evidence.restore(in),
                in.readNumber(),
                in.readNumber(),
                in.readNumber(),
                in.readNumber(),
                in.readSize(),
                in.readDouble(),
                in.readText(),
                in.readText(),
                in.readBoolean() ? Optional.of(Acknowledgement.restore(in)) : Optional.empty(),
                in.readNumber(),
                restoreTraces(in));
    }

    private static List<String> restoreTraces(StateReader in) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            ids.add(in.readText());
        }
        return ids;
    }

    /** A builder that has everything as it is here. */
    public AlertBuilder change() {
        return new AlertBuilder(this);
    }

    Alert withLastEvent(long number) {
        return change().lastEvent(number).build();
    }

    Alert atPeak(double score, Evidence why) {
        return change().peakScore(score).evidence(why).build();
    }

    Alert firing(Severity howBad, long sinceMillis, long atMillis) {
        return change().state(AlertState.FIRING)
                .severity(howBad)
                .firedMillis(sinceMillis)
                .changedMillis(atMillis)
                .build();
    }

    /** A further word on one that is acknowledged does not change since when somebody takes care. */
    Alert acknowledged(String by, String note, long atMillis) {
        long sinceMillis = state == AlertState.ACKNOWLEDGED
                ? acknowledgement.map(Acknowledgement::atMillis).orElse(atMillis)
                : atMillis;
        return change().state(AlertState.ACKNOWLEDGED)
                .acknowledgement(Optional.of(new Acknowledgement(by, note, sinceMillis)))
                .changedMillis(atMillis)
                .build();
    }

    Alert resolved(String why, long atMillis) {
        return change().state(AlertState.RESOLVED)
                .resolvedMillis(atMillis)
                .changedMillis(atMillis)
                .resolution(why)
                .build();
    }
}
