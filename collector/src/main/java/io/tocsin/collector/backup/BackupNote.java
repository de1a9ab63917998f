/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/** A small file in each backup that says of when it is; for people, and for a collector that wants to know when the last one was taken. Stateless. */
final class BackupNote {
    private static final String NAME = "backup";
    private static final String TAKEN = "taken=";

    private BackupNote() {}

    /** Forced when it returns. */
    static void write(Path folder, long takenMillis, String build, Map<Integer, Long> through) throws IOException {
        StringBuilder text = new StringBuilder(TAKEN + Instant.ofEpochMilli(takenMillis) + "\nbuild=" + build + "\n");
        through.forEach((partition, offset) -> text.append("partition-")
                .append(partition)
                .append(".through=")
                .append(offset)
                .append('\n'));
        try (FileChannel file = FileChannel.open(folder.resolve(NAME), CREATE_NEW, WRITE)) {
            file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        }
    }

    /** When the newest backup directly below that folder was taken; 0 if there is none that can be read. */
    static long newestMillis(Path root) {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.mapToLong(BackupNote::takenMillis).max().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long takenMillis(Path folder) {
        Path note = folder.resolve(NAME);
        if (!Files.isRegularFile(note)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(note)) {
            return lines.filter(line -> line.startsWith(TAKEN))
                    .mapToLong(line ->
                            Instant.parse(line.substring(TAKEN.length())).toEpochMilli())
                    .max()
                    .orElse(0);
        } catch (IOException | RuntimeException e) { // a file of somebody else's
            return 0;
        }
    }
}
