/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes entries as bytes and reads them back, in the format of docs/delivery.md. Stateless. */
public final class EntryCodec {
    private static final int BATCH = 1;
    private static final int DEFINITIONS = 2;
    private static final int TICK = 3;
    private static final int CLOCK_JUMPED = 4;
    private static final int LIVENESS_CHANGED = 5;
    private static final int REFUSED = 6;
    private static final int RULE_SET = 7;
    private static final int RULE_REMOVED = 8;
    private static final int STARTED = 9;
    private static final int ENDED = 10;
    private static final int ALERT_ACKNOWLEDGED = 11;

    private EntryCodec() {}

    public static void write(Entry entry, DataOutput out) throws IOException {
        if (entry instanceof Entry.Batch batch) {
            out.writeByte(BATCH);
            write(batch, out);
        } else if (entry instanceof Entry.Definitions definitions) {
            out.writeByte(DEFINITIONS);
            write(definitions, out);
        } else if (entry instanceof Entry.Tick tick) {
            out.writeByte(TICK);
            out.writeLong(tick.engineMillis());
        } else if (entry instanceof Entry.ClockJumped jumped) {
            out.writeByte(CLOCK_JUMPED);
            out.writeLong(jumped.byMillis());
        } else if (entry instanceof Entry.LivenessChanged changed) {
            out.writeByte(LIVENESS_CHANGED);
            write(changed.producer(), out);
            out.writeUTF(changed.liveness().name());
            out.writeLong(changed.atMillis());
        } else if (entry instanceof Entry.Refused refused) {
            out.writeByte(REFUSED);
            out.writeUTF(refused.tenant());
            out.writeLong(refused.fromMillis());
            out.writeLong(refused.toMillis());
            out.writeLong(refused.batches());
        } else if (entry instanceof Entry.RuleSet set) {
            out.writeByte(RULE_SET);
            out.writeUTF(set.tenant());
            write(set.rule(), out);
        } else if (entry instanceof Entry.RuleRemoved removed) {
            out.writeByte(RULE_REMOVED);
            out.writeUTF(removed.tenant());
            out.writeUTF(removed.name());
        } else if (entry instanceof Entry.Started started) {
            out.writeByte(STARTED);
            out.writeUTF(started.build());
            write(started.detectors(), out);
            out.writeBoolean(started.alerting());
        } else if (entry instanceof Entry.AlertAcknowledged acknowledged) {
            out.writeByte(ALERT_ACKNOWLEDGED);
            out.writeUTF(acknowledged.tenant());
            out.writeUTF(acknowledged.alertId());
            out.writeUTF(acknowledged.by());
            out.writeUTF(acknowledged.note());
        } else if (entry instanceof Entry.Ended) {
            out.writeByte(ENDED);
        } else {
            throw new IllegalArgumentException("must be an entry of a journal, was " + entry);
        }
    }

    /** @throws IOException if the bytes are no entry */
    public static Entry read(DataInput in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case BATCH -> readBatch(in);
            case DEFINITIONS -> readDefinitions(in);
            case TICK -> new Entry.Tick(in.readLong());
            case CLOCK_JUMPED -> new Entry.ClockJumped(in.readLong());
            case LIVENESS_CHANGED ->
                new Entry.LivenessChanged(readProducer(in), constant(Liveness.class, in), in.readLong());
            case REFUSED -> new Entry.Refused(in.readUTF(), in.readLong(), in.readLong(), in.readLong());
            case RULE_SET -> new Entry.RuleSet(in.readUTF(), readRule(in));
            case RULE_REMOVED -> new Entry.RuleRemoved(in.readUTF(), in.readUTF());
            case STARTED -> new Entry.Started(in.readUTF(), readMap(in), in.readBoolean());
            case ENDED -> new Entry.Ended();
            case ALERT_ACKNOWLEDGED ->
                new Entry.AlertAcknowledged(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
            default -> throw new IOException("entry type must be 1 to " + ALERT_ACKNOWLEDGED + ", was " + type);
        };
    }

    private static void write(Entry.Batch batch, DataOutput out) throws IOException {
        write(batch.scope(), out);
        out.writeLong(batch.sequence());
        out.writeUTF(batch.form().name());
        out.writeLong(batch.clockOffsetMillis());
        out.writeLong(batch.receivedMillis());
        out.writeInt(batch.rejectedRows().length);
        for (int row : batch.rejectedRows()) {
            out.writeInt(row);
        }
        out.writeInt(batch.bytes().length);
        out.write(batch.bytes());
        write(batch.claim(), batch.scope(), out);
    }

    private static void write(Entry.Claim claim, ProducerKey scope, DataOutput out) throws IOException {
        boolean ofScope = claim.key().equals(scope);
        out.writeBoolean(ofScope);
        if (!ofScope) {
            write(claim.key(), out);
        }
        out.writeLong(claim.contentHash());
        out.writeInt(claim.rejections().size());
        for (RejectedRecord rejected : claim.rejections()) {
            out.writeInt(rejected.row());
            out.writeUTF(rejected.reason().name());
            out.writeUTF(rejected.message());
        }
    }

    private static Entry.Claim readClaim(ProducerKey scope, DataInput in) throws IOException {
        ProducerKey key = in.readBoolean() ? scope : readProducer(in);
        long contentHash = in.readLong();
        List<RejectedRecord> rejections = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            rejections.add(new RejectedRecord(in.readInt(), constant(RejectedRecord.Reason.class, in), in.readUTF()));
        }
        return new Entry.Claim(key, contentHash, rejections);
    }

    private static Entry.Batch readBatch(DataInput in) throws IOException {
        ProducerKey scope = readProducer(in);
        long sequence = in.readLong();
        BatchForm form = constant(BatchForm.class, in);
        long clockOffsetMillis = in.readLong();
        long receivedMillis = in.readLong();
        int[] rejectedRows = new int[size(in)];
        for (int i = 0; i < rejectedRows.length; i++) {
            rejectedRows[i] = in.readInt();
        }
        byte[] bytes = new byte[size(in)];
        in.readFully(bytes);
        Entry.Claim claim = readClaim(scope, in);
        return new Entry.Batch(scope, sequence, form, bytes, rejectedRows, clockOffsetMillis, receivedMillis, claim);
    }

    private static void write(Entry.Definitions definitions, DataOutput out) throws IOException {
        write(definitions.scope(), out);
        out.writeInt(definitions.series().size());
        for (SeriesDefinition series : definitions.series()) {
            out.writeInt(series.id());
            out.writeUTF(series.key().metric());
            out.writeUTF(series.key().kind().name());
            write(series.key().attributes().asMap(), out);
        }
        out.writeInt(definitions.errorTypes().size());
        for (ErrorTypeDefinition type : definitions.errorTypes()) {
            out.writeInt(type.id());
            out.writeUTF(type.name());
        }
    }

    private static Entry.Definitions readDefinitions(DataInput in) throws IOException {
        ProducerKey scope = readProducer(in);
        List<SeriesDefinition> series = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            int id = in.readInt();
            String metric = in.readUTF();
            SeriesKind kind = constant(SeriesKind.class, in);
            series.add(new SeriesDefinition(id, new SeriesKey(metric, kind, Attributes.of(readMap(in)))));
        }
        List<ErrorTypeDefinition> errorTypes = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            errorTypes.add(new ErrorTypeDefinition(in.readInt(), in.readUTF()));
        }
        return new Entry.Definitions(scope, series, errorTypes);
    }

    /** A rule alone, as it stands in {@link Entry.RuleSet}. */
    public static void write(Rule rule, DataOutput out) throws IOException {
        out.writeUTF(rule.name());
        out.writeUTF(rule.detector());
        out.writeInt(rule.inputs().size());
        for (RuleInput input : rule.inputs()) {
            out.writeUTF(input.input());
            out.writeUTF(input.selector().metric());
            out.writeInt(input.selector().matchers().size());
            for (Matcher matcher : input.selector().matchers()) {
                out.writeUTF(matcher.key());
                out.writeUTF(matcher.operator().name());
                write(matcher.values(), out);
            }
        }
        write(rule.groupBy(), out);
        write(rule.memberBy(), out);
        out.writeLong(rule.stepMillis());
        write(rule.parameters(), out);
        out.writeLong(rule.forMillis());
        out.writeLong(rule.keepFiringMillis());
        out.writeLong(rule.cooldownMillis());
        out.writeDouble(rule.clearBelow());
        out.writeDouble(rule.sensitivity());
        out.writeUTF(rule.severity().map(Severity::name).orElse(""));
        write(rule.labels().asMap(), out);
        out.writeBoolean(rule.disabled());
        out.writeUTF(rule.description());
        out.writeUTF(rule.origin().name());
    }

    /** Reads what {@link #write(Rule, DataOutput)} wrote. */
    public static Rule readRule(DataInput in) throws IOException {
        String name = in.readUTF();
        String detector = in.readUTF();
        List<RuleInput> inputs = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            String input = in.readUTF();
            String metric = in.readUTF();
            List<Matcher> matchers = new ArrayList<>();
            for (int more = size(in); more > 0; more--) {
                matchers.add(new Matcher(in.readUTF(), constant(Matcher.Operator.class, in), readList(in)));
            }
            inputs.add(new RuleInput(input, new Selector(metric, matchers)));
        }
        return new Rule(
                name,
                detector,
                inputs,
                readList(in),
                readList(in),
                in.readLong(),
                readMap(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                readSeverity(in),
                Attributes.of(readMap(in)),
                in.readBoolean(),
                in.readUTF(),
                constant(Origin.class, in));
    }

    private static Optional<Severity> readSeverity(DataInput in) throws IOException {
        String name = in.readUTF();
        return name.isEmpty() ? Optional.empty() : Optional.of(constant(Severity.class, name));
    }

    private static void write(ProducerKey producer, DataOutput out) throws IOException {
        out.writeUTF(producer.tenant());
        out.writeUTF(producer.producer());
        out.writeLong(producer.epoch());
    }

    private static ProducerKey readProducer(DataInput in) throws IOException {
        return new ProducerKey(in.readUTF(), in.readUTF(), in.readLong());
    }

    private static void write(List<String> words, DataOutput out) throws IOException {
        out.writeInt(words.size());
        for (String word : words) {
            out.writeUTF(word);
        }
    }

    private static List<String> readList(DataInput in) throws IOException {
        List<String> words = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            words.add(in.readUTF());
        }
        return words;
    }

    private static void write(Map<String, String> map, DataOutput out) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, String> e : map.entrySet()) {
            out.writeUTF(e.getKey());
            out.writeUTF(e.getValue());
        }
    }

    private static Map<String, String> readMap(DataInput in) throws IOException {
        Map<String, String> map = new TreeMap<>();
        for (int left = size(in); left > 0; left--) {
            map.put(in.readUTF(), in.readUTF());
        }
        return map;
    }

    private static int size(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            throw new IOException("size must be 0 or more, was " + size);
        }
        return size;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, DataInput in) throws IOException {
        return constant(type, in.readUTF());
    }

    /** By name, so that the order of constants is nobody's business. */
    private static <E extends Enum<E>> E constant(Class<E> type, String name) throws IOException {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    type.getSimpleName() + " must be one of " + List.of(type.getEnumConstants()) + ", was \"" + name
                            + "\"",
                    e);
        }
    }
}
