/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.journal;

import io.tocsin.benchmarks.report.Quantiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What it took to write and force groups of one size in one form.
 *
 * @param cpuNanosPerBatch processor time of the writing thread for each {@value #BATCH_BYTES} bytes
 * @param groupMillis from the call to write until it was forced
 * @param deviceBytesPerByte written by all devices of the machine meanwhile, others' bytes too; NaN where the system does not tell
 */
public record WriteRun(
        double megabytesPerSecond, double cpuNanosPerBatch, Quantiles groupMillis, double deviceBytesPerByte) {
    static final int BATCH_BYTES = 10_240;

    private static final int BLOCK_BYTES = 4_096;
    private static final int SECTOR_BYTES = 512;
    private static final Path DEVICES = Path.of("/proc/diskstats");
    private static final int SECTORS_WRITTEN_AT = 9;

    /** @param folder empty, on the disk that is measured */
    public static WriteRun of(WriteForm form, Path folder, int groupBytes, long totalBytes, int segmentBytes)
            throws IOException {
        int paddedBytes = (groupBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        int stepBytes = form.isDirect() ? paddedBytes : groupBytes;
        long groups = Math.max(1, totalBytes / groupBytes);
        long segments = (groups * stepBytes + segmentBytes - 1) / segmentBytes + 1;
        for (int segment = 0; segment < segments; segment++) {
            form.before(folder.resolve("segment-" + segment), segmentBytes);
        }
        ByteBuffer group = ByteBuffer.allocateDirect(stepBytes + 2 * BLOCK_BYTES)
                .alignedSlice(BLOCK_BYTES)
                .limit(stepBytes)
                .slice();
        new SplittableRandom(1).ints(groupBytes).forEach(b -> group.put((byte) b));

        double[] millis = new double[(int) groups];
        double device = deviceBytes();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        int segment = 0;
        FileChannel channel = form.open(folder.resolve("segment-0"), segmentBytes);
        long position = 0;
        for (int i = 0; i < groups; i++) {
            if (position + stepBytes > segmentBytes) {
                channel.close();
                segment++;
                channel = form.open(folder.resolve("segment-" + segment), segmentBytes);
                position = 0;
            }
            long groupBegin = System.nanoTime();
            group.clear();
            while (group.hasRemaining()) {
                position += channel.write(group, position);
            }
            channel.force(false);
            millis[i] = (System.nanoTime() - groupBegin) / 1e6;
        }
        channel.close();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double bytes = (double) groups * groupBytes;
        double cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        return new WriteRun(
                bytes / 1e6 / seconds,
                cpuNanos / (bytes / BATCH_BYTES),
                Quantiles.of(millis),
                (deviceBytes() - device) / bytes);
    }

    /** Sectors written by whole disks; those of the process alone count pages, not what reaches the disk. */
    private static double deviceBytes() throws IOException {
        if (!Files.isReadable(DEVICES)) {
            return Double.NaN;
        }
        List<Long> sectors = new ArrayList<>();
        for (String line : Files.readAllLines(DEVICES)) {
            String[] fields = line.trim().split("\\s+");
            if (fields.length > SECTORS_WRITTEN_AT && Files.exists(Path.of("/sys/block", fields[2]))) {
                sectors.add(Long.parseLong(fields[SECTORS_WRITTEN_AT]));
            }
        }
        return sectors.stream().mapToLong(Long::longValue).sum() * (double) SECTOR_BYTES;
    }
}
