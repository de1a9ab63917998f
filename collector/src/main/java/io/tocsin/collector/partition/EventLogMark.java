/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The id of a partition's event log, kept as long as reading the journal again gives the same events: same build, same detectors, same bounds of the
 * engine, nothing lost. Else numbers may mean other events, so the log gets another id, and cursors of before a gap and a snapshot.
 *
 * @param renewed there was a log of another id
 */
record EventLogMark(long id, boolean renewed) {
    private static final String FILE = "event-log";

    /** @param decides all that decides which events a journal gives */
    static EventLogMark of(Path partition, String decides) throws IOException {
        Path file = partition.resolve(FILE);
        String fingerprint = fingerprint(decides);
        boolean exists = Files.exists(file);
        if (exists) {
            Map<String, String> known = SmallFile.read(file);
            String id = known.getOrDefault("id", "");
            if (fingerprint.equals(known.get("fingerprint")) && id.matches("[0-9a-f]{16}")) {
                return new EventLogMark(Long.parseUnsignedLong(id, 16), false);
            }
        }
        long id = new SecureRandom().nextLong();
        SmallFile.write(file, Map.of("id", HexFormat.of().toHexDigits(id), "fingerprint", fingerprint));
        return new EventLogMark(id, exists);
    }

    private static String fingerprint(String decides) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(decides.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
