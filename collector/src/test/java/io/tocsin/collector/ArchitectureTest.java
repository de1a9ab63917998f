/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tocsin.collector.engine.alert.Evidence;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.store.Exemplar;
import io.tocsin.collector.store.SeriesWindow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The sentences of the style guide that the build checks. */
class ArchitectureTest {
    private static final String ROOT = "io.tocsin.collector";

    private static final String SERVER = "server";

    /** Each room may import the rooms before it: upstream. Doors come after what they read, and nobody knows a door. */
    private static final List<String> ROOMS = List.of(
            "series",
            "checkpoint",
            "plugin",
            "rule",
            "trace",
            "journal",
            "journal.segment",
            "engine.series",
            "engine.window",
            "engine.detection",
            "engine.alert",
            "engine",
            "store",
            "store.disk",
            "partition",
            "backup",
            "backtest",
            "security",
            "call",
            "json",
            "ingest",
            "diagnosis",
            "stream",
            "notify.channel",
            "notify",
            "query",
            "admin",
            "config",
            "http",
            "telemetry",
            SERVER);

    /** Values that a stage hands on, or that all speak of. */
    private static final Set<String> SPOKEN_OF_UPSTREAM = Set.of(
            Position.class.getName(), SeriesWindow.class.getName(), Exemplar.class.getName(), Evidence.class.getName());

    private static final List<String> DOORS = List.of("ingest", "stream", "query", "admin", "call", "json", "http");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> importsPointUpstream() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(room, () -> {
                    List<String> downstream = ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size());
                    noClasses()
                            .that(are("in " + room, type -> room(type).equals(room)))
                            .should()
                            .dependOnClassesThat(are(
                                    "downstream of " + room,
                                    type -> downstream.contains(room(type))
                                            && !SPOKEN_OF_UPSTREAM.contains(type.getName())))
                            .allowEmptyShould(false)
                            .check(CLASSES);
                }));
    }

    @Test
    void protoStopsAtTheDoors() {
        noClasses()
                .that(are("inside", type -> !DOORS.contains(room(type))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tocsin.v1..")
                .check(CLASSES);
    }

    @Test
    void guiceStaysInModules() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Module")
                .and()
                .doNotHaveSimpleName("CollectorMain")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(CLASSES);
    }

    @Test
    void onlyServerPicksTheRealClock() {
        noClasses()
                .that(are("outside of server", type -> !room(type).equals(SERVER)))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> are(String words, java.util.function.Predicate<JavaClass> test) {
        return DescribedPredicate.describe(words, test);
    }

    /** "not ours" for classes of others. The package above all rooms wires and starts them, as server does. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(ROOT)) {
            return SERVER;
        }
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "not ours";
    }
}
