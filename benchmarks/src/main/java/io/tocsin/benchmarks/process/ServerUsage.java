/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a server process has used since its start. Immutable.
 *
 * @param cpuNanos of all its threads, compilers and collectors of garbage included
 * @param allocatedBytes by its living threads
 */
public record ServerUsage(long cpuNanos, long allocatedBytes) {
    private static final String WORD = "usage";

    /** Of this process. */
    static ServerUsage here() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes); // -1: the thread has just ended
        }
        return new ServerUsage(system.getProcessCpuTime(), allocated);
    }

    String line() {
        return WORD + " " + cpuNanos + " " + allocatedBytes;
    }

    static ServerUsage parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[0].equals(WORD)) {
            throw new IllegalArgumentException("a server must tell its usage, told " + line);
        }
        return new ServerUsage(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** What was used between the other, earlier one and this. */
    public ServerUsage since(ServerUsage before) {
        return new ServerUsage(cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes);
    }
}
