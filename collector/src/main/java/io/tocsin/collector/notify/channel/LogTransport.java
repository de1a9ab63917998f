/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Writes a line of JSON. The file is opened for each line, so that it may be moved away at any time. Thread-safe. */
final class LogTransport implements Transport {
    private final Optional<Path> file;
    private final PrintStream out;

    LogTransport(Target.Log log, PrintStream out) {
        this.file = log.file();
        this.out = out;
    }

    @Override
    public Answer send(Notification notification, long nowMillis) {
        String line = AlertJson.write(AlertJson.envelope(notification)) + "\n";
        if (file.isPresent()) {
            return append(file.get(), line);
        }
        // in one piece, as others write there too
        out.print(line);
        out.flush();
        return out.checkError() ? Answer.failed("standard output is closed") : Answer.delivered("written");
    }

    private static Answer append(Path path, String line) {
        try {
            Files.writeString(path, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return Answer.delivered("written");
        } catch (IOException e) {
            return Answer.failed("cannot be written: " + e);
        }
    }

    @Override
    public String target() {
        return file.map(Path::toString).orElse("standard output");
    }
}
