/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A folder that loses what was not forced when the power fails: any of the unforced sectors, and names from any point on. Its writes and forces fail
 * when they are told to.
 */
final class ForgetfulFolder implements SegmentFolder {
    private static final int SECTOR_BYTES = 512;

    private static final class Content {
        byte[] now = {};
        byte[] durable = {};
        final List<int[]> unforced = new ArrayList<>();
    }

    private final List<Map<String, Content>> namesSinceForce = new ArrayList<>(List.of(new TreeMap<>()));
    int failingForces;
    int failingWrites;
    /** Of its disk. A write that needs more writes what there is room for, and fails. */
    volatile int capacityBytes = Integer.MAX_VALUE;

    int forces;

    /** The power fails: returns what is found afterwards. */
    ForgetfulFolder afterPowerLoss(SplittableRandom random) {
        ForgetfulFolder left = new ForgetfulFolder();
        namesSinceForce
                .get(random.nextInt(namesSinceForce.size()))
                .forEach((name, content) -> left.current().put(name, survivor(content, random)));
        return left;
    }

    private static Content survivor(Content content, SplittableRandom random) {
        Content left = new Content();
        byte[] bytes = Arrays.copyOf(content.durable, content.now.length);
        for (int[] range : content.unforced) {
            for (int at = range[0]; at < range[1]; ) {
                int end = Math.min(range[1], (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
                if (random.nextBoolean() && end <= content.now.length) {
                    System.arraycopy(content.now, at, bytes, at, end - at);
                }
                at = end;
            }
        }
        // the length may or may not have been recorded
        left.now =
                random.nextBoolean() ? bytes : Arrays.copyOf(bytes, Math.max(content.durable.length, bytes.length / 2));
        left.durable = left.now.clone();
        return left;
    }

    byte[] bytes(String name) {
        return content(name).now;
    }

    void put(String name, byte[] bytes) {
        Content content = new Content();
        content.now = bytes.clone();
        content.durable = bytes.clone();
        current().put(name, content);
    }

    ForgetfulFolder copy() {
        ForgetfulFolder copy = new ForgetfulFolder();
        current().forEach((name, content) -> copy.put(name, content.now));
        return copy;
    }

    private Map<String, Content> current() {
        return namesSinceForce.get(namesSinceForce.size() - 1);
    }

    private void change() {
        namesSinceForce.add(new TreeMap<>(current()));
    }

    private Content content(String name) {
        Content content = current().get(name);
        if (content == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return content;
    }

    @Override
    public List<String> names() {
        return List.copyOf(current().keySet());
    }

    @Override
    public SegmentFile open(String name) throws IOException {
        if (!current().containsKey(name)) {
            throw new FileNotFoundException(name);
        }
        return new File(content(name));
    }

    @Override
    public SegmentFile create(String name) {
        change();
        current().put(name, new Content());
        return new File(content(name));
    }

    @Override
    public void rename(String name, String to) {
        change();
        current().put(to, content(name));
        current().remove(name);
    }

    @Override
    public void delete(String name) {
        change();
        current().remove(name);
    }

    @Override
    public void force() {
        Map<String, Content> last = current();
        namesSinceForce.clear();
        namesSinceForce.add(last);
    }

    int usedBytes() {
        return current().values().stream().mapToInt(c -> c.now.length).sum();
    }

    @Override
    public long usableBytes() {
        return Math.max(0, capacityBytes - usedBytes());
    }

    @Override
    public String show(String name) {
        return name;
    }

    private final class File implements SegmentFile {
        private final Content content;

        File(Content content) {
            this.content = content;
        }

        @Override
        public int read(ByteBuffer into, long position) {
            int count = (int) Math.max(0, Math.min(into.remaining(), content.now.length - position));
            if (count > 0) {
                into.put(content.now, (int) position, count);
            }
            return count;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            if (failingWrites > 0 && --failingWrites == 0) {
                throw new IOException("no space left on device");
            }
            long roomEnd = content.now.length + usableBytes();
            int end = (int) Math.min(position + from.remaining(), Math.max(position, roomEnd));
            if (end > content.now.length) {
                content.now = Arrays.copyOf(content.now, end);
            }
            content.unforced.add(new int[] {(int) position, end});
            from.get(content.now, (int) position, end - (int) position);
            if (from.hasRemaining()) {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            forces++;
            if (failingForces > 0 && --failingForces == 0) {
                throw new IOException("input/output error");
            }
            content.durable = content.now.clone();
            content.unforced.clear();
        }

        @Override
        public long sizeBytes() {
            return content.now.length;
        }

        @Override
        public void truncate(long sizeBytes) {
            content.now = Arrays.copyOf(content.now, (int) sizeBytes);
        }

        @Override
        public void close() {}
    }
}
