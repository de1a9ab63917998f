/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import io.tocsin.cli.console.CommandFailure;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file of spans or outcomes, perhaps gzipped, read row by row. Confined to one thread. */
final class RecordFile implements AutoCloseable {
    private final Path path;
    private final long bytes;
    private final CountedBytes counted;
    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;
    private final RecordFormat format;

    RecordFile(Path path) {
        this.path = path;
        try {
            this.bytes = Files.size(path);
            BufferedInputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
            boolean gzipped = isGzipped(file);
            this.counted = new CountedBytes(file);
            this.parser = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(new InputStreamReader(
                            gzipped ? new GZIPInputStream(counted, 1 << 16) : counted, StandardCharsets.UTF_8));
            this.format = RecordFormat.of(parser.getHeaderNames());
            this.rows = parser.iterator();
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + path, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure("cannot read " + path + ": " + e.getMessage(), e);
        } catch (BadRowException e) {
            throw new CommandFailure(path + ": " + e.getMessage(), e);
        }
    }

    /** Whether there is a row left to read. */
    boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new CommandFailure(path + " is damaged near line " + line() + ": " + e.getMessage(), e);
        }
    }

    /** The next row. */
    RecordedOutcome next() throws BadRowException {
        return format.read(rows.next());
    }

    /** Line of the row read last. */
    long line() {
        return parser.getCurrentLineNumber();
    }

    /** Share of the file that has been read, 0 to 1. */
    double share() {
        return bytes == 0 ? 1 : (double) counted.count / bytes;
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new CommandFailure("cannot close " + path + ": " + e.getMessage(), e);
        }
    }

    private static boolean isGzipped(InputStream in) throws IOException {
        in.mark(2);
        boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzipped;
    }

    /** Counts what is read, for progress. */
    private static final class CountedBytes extends FilterInputStream {
        private long count;

        CountedBytes(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
