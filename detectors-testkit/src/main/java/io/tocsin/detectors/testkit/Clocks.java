/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Ways to read a clock, or to get a random number that nobody seeded (promise 9). */
final class Clocks {
    private static final Pattern FORBIDDEN = Pattern.compile(String.join(
            "|",
            List.of(
                    "java/lang/System\\.(currentTimeMillis|nanoTime).*",
                    "java/lang/(Math|StrictMath)\\.random.*",
                    "java/time/\\w+\\.now\\(.*",
                    "java/time/Clock\\.(system|tick).*",
                    "java/time/InstantSource\\.system.*",
                    "java/util/Date\\.<init>\\(\\)V",
                    "java/util/Calendar\\.getInstance.*",
                    "java/util/GregorianCalendar\\.<init>\\(\\)V",
                    "java/util/(Random|SplittableRandom)\\.<init>\\(\\)V",
                    "java/util/random/RandomGenerator\\.(of|getDefault).*",
                    "java/util/concurrent/ThreadLocalRandom\\.current.*",
                    "java/security/SecureRandom\\..*",
                    "java/util/UUID\\.randomUUID.*",
                    "java/util/Collections\\.shuffle\\(Ljava/util/List;\\)V")));

    private Clocks() {}

    /** References to any of them. */
    static Set<String> readBy(Class<?> root) {
        Set<String> found = new TreeSet<>();
        for (String reference : ClassReferences.of(root)) {
            String method = reference.substring(reference.indexOf(": ") + 2);
            if (FORBIDDEN.matcher(method).matches()) {
                found.add(reference);
            }
        }
        return found;
    }
}
