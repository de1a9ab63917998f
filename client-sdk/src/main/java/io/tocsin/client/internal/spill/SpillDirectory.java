/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The directory that clients share: each incarnation has a directory of its own in it, named by its epoch and locked while its client lives. Whoever starts
 * takes over those that nobody holds.
 */
final class SpillDirectory {
    private static final Pattern INCARNATION = Pattern.compile("[0-9]{19}-[0-9a-f]{16}");
    /** One that is being made, or was when its process was killed. */
    private static final String UNFINISHED = "new-";

    private static final int MAX_TAKEN_OVER = 1_000;
    private static final Duration SURELY_DEAD = Duration.ofMinutes(1);

    private final Path path;

    SpillDirectory(Path path) {
        this.path = path;
    }

    /** In order of epochs, at most {@value #MAX_TAKEN_OVER}: a later start finds the rest. What cannot be taken is left. */
    List<HeldDirectory> takeOver(Instant now, Consumer<String> report) throws IOException {
        Files.createDirectories(path);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path one : all) {
                String name = one.getFileName().toString();
                if (INCARNATION.matcher(name).matches()) {
                    found.add(one);
                } else if (name.startsWith(UNFINISHED) && isOld(one, now)) {
                    take(one, report).ifPresent(HeldDirectory::delete);
                }
            }
        }
        found.sort(null);
        List<HeldDirectory> taken = new ArrayList<>();
        for (Path one : found) {
            if (taken.size() < MAX_TAKEN_OVER) {
                take(one, report).ifPresent(taken::add);
            }
        }
        return taken;
    }

    private static Optional<HeldDirectory> take(Path one, Consumer<String> report) {
        try {
            return Files.isDirectory(one) ? HeldDirectory.take(one) : Optional.empty();
        } catch (IOException e) {
            if (Files.isDirectory(one)) { // or its client has just removed it
                report.accept(one + " cannot be taken over, is left alone: " + e);
            }
            return Optional.empty();
        }
    }

    private static boolean isOld(Path unfinished, Instant now) {
        try {
            return Files.getLastModifiedTime(unfinished).toInstant().isBefore(now.minus(SURELY_DEAD));
        } catch (IOException e) {
            return false; // it has its name by now
        }
    }

    /** It has its name only once it is locked, so that nobody takes it over in between. */
    HeldDirectory make(long epoch) throws IOException {
        Files.createDirectories(path);
        String name = String.format(
                Locale.ROOT, "%019d-%016x", epoch, ThreadLocalRandom.current().nextLong());
        Path unfinished = Files.createDirectory(path.resolve(UNFINISHED + name));
        Optional<HeldDirectory> held = HeldDirectory.take(unfinished);
        if (held.isEmpty()) {
            throw new IOException(unfinished + " cannot be locked");
        }
        try {
            return held.get().renamed(name);
        } catch (IOException e) {
            held.get().delete();
            throw e;
        }
    }
}
