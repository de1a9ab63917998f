/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.EntryCodec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a journal file through an engine and prints its events: a program of its own, so that another JDK can do it. */
public final class JournalReplay {
    private JournalReplay() {}

    public static void main(String[] args) throws IOException {
        EngineRig rig = EngineRig.withBuiltIns();
        read(Path.of(args[0]), rig);
        System.out.print(text(rig.eventList()));
    }

    static void write(List<Entry> entries, Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                EntryCodec.write(entry, out);
            }
        }
    }

    private static void read(Path file, EngineRig into) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int left = in.readInt(); left > 0; left--) {
                into.apply(EntryCodec.read(in));
            }
        }
    }

    /** Every field of every event. */
    static String text(List<AlertEvent> events) {
        StringBuilder text = new StringBuilder();
        for (AlertEvent event : events) {
            text.append(event.number())
                    .append(' ')
                    .append(event.id())
                    .append(' ')
                    .append(event.atMillis())
                    .append(' ')
                    .append(event.position())
                    .append(' ')
                    .append(event.previous())
                    .append(' ')
                    .append(event.alert().id())
                    .append(' ')
                    .append(event.alert().dedupKey())
                    .append(' ')
                    .append(event.alert().state())
                    .append(' ')
                    .append(event.alert().severity())
                    .append(' ')
                    .append(Double.doubleToLongBits(event.alert().evidence().score()))
                    .append(' ')
                    .append(Double.doubleToLongBits(event.alert().peakScore()))
                    .append(' ')
                    .append(event.alert().evidence().text())
                    .append(' ')
                    .append(new java.util.TreeMap<>(event.alert().evidence().numbers()))
                    .append(' ')
                    .append(event.alert().acknowledgement())
                    .append(' ')
                    .append(event.alert().problemSinceMillis())
                    .append(' ')
                    .append(event.alert().exampleTraceIds())
                    .append('\n');
        }
        return text.toString();
    }
}
