/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.rule.Rule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    private static final String KEY = "monitoring.profile";
    private static final String VARIABLE = "MONITORING_PROFILE";

    @TempDir
    Path folder;

    @Test
    void developmentIsTheDefaultAndHasTheDefaultsAsTheyAre() {
        CollectorSettings settings = written("");

        assertThat(settings.config().profile()).isEqualTo(Profile.DEVELOPMENT);
        assertThat(settings.values()).allMatch(SettingValue::isDefault);
        assertThat(settings.config().opentelemetry().samplingRatio()).isEqualTo(1);
        assertThat(settings.config().log().format()).isEqualTo(LogConfig.Format.TEXT);
    }

    @Test
    void productionSendsFewerTracesAndLogsForPrograms() {
        CollectorConfig config = written("monitoring: {profile: production}").config();

        assertThat(config.opentelemetry().samplingRatio()).isEqualTo(0.1);
        assertThat(config.log().format()).isEqualTo(LogConfig.Format.JSON);
    }

    @Test
    void testingTakesAnyFreePortsAndKeepsNothing() {
        CollectorConfig config =
                new WrittenSettings(folder).variable(VARIABLE, "testing").load().config();

        assertThat(config.grpc().port()).isZero();
        assertThat(config.http().port()).isZero();
        assertThat(config.inMemory()).as("no directory to share").isTrue();
    }

    @Test
    void everyDifferenceIsOfAKnownSettingAndIsAllowed() {
        Map<String, Setting> settings =
                Setting.all().stream().collect(Collectors.toMap(Setting::key, setting -> setting));

        for (Profile profile : Profile.values()) {
            profile.defaults().forEach((key, text) -> {
                assertThat(settings).containsKey(key);
                assertThat(settings.get(key).problem(text, new SecretReader(Map.of())))
                        .isEmpty();
                assertThat(settings.get(key).defaultText()).isNotEqualTo(java.util.Optional.of(text));
            });
        }
    }

    @Test
    void theCommandLineChoosesBeforeTheVariableAndThatBeforeTheFile() {
        WrittenSettings told = new WrittenSettings(folder).file("monitoring: {profile: production}");

        assertThat(told.load().config().profile()).isEqualTo(Profile.PRODUCTION);
        told.variable(VARIABLE, "testing");
        assertThat(told.load().config().profile()).isEqualTo(Profile.TESTING);
        told.commandLine(KEY, "development");
        assertThat(told.load().config().profile()).isEqualTo(Profile.DEVELOPMENT);
    }

    @Test
    void aSectionOfTheFileCountsUnderItsProfileAlone() {
        WrittenSettings told = new WrittenSettings(folder).file("""
                monitoring:
                  series: {max: 10}
                  store: {events-kept: 2000}
                "%production":
                  monitoring:
                    series: {max: 20}
                    opentelemetry: {sampling-ratio: 0.5}
                    rules:
                      - {name: only-here, detector: absence, select: {metric: m}}
                """);

        CollectorSettings development = told.load();
        CollectorSettings production = told.commandLine(KEY, "production").load();

        assertThat(development.config().series().max()).isEqualTo(10);
        assertThat(names(development)).doesNotContain("only-here");
        assertThat(production.config().series().max()).isEqualTo(20);
        assertThat(production.config().store().eventsKept()).isEqualTo(2_000);
        assertThat(production.config().opentelemetry().samplingRatio()).isEqualTo(0.5);
        assertThat(names(production)).contains("only-here");
        assertThat(told.variable("MONITORING_SERIES_MAX", "30")
                        .load()
                        .config()
                        .series()
                        .max())
                .isEqualTo(30);
    }

    @Test
    void anUnknownProfileIsRefusedWithTheThreeThereAre() {
        assertThat(new WrittenSettings(folder).commandLine(KEY, "staging").problems())
                .containsExactly(
                        "monitoring.profile must be development, production or testing, was \"staging\" (command line)");
        assertThat(new WrittenSettings(folder)
                        .file("\"%prod\": {monitoring: {series: {max: 1}}}")
                        .problems())
                .containsExactly("%prod is no profile; there are %development, %production, %testing ("
                        + folder.resolve("tocsin.yaml") + " line 1)");
    }

    @Test
    void whatIsWrongInTheSectionOfAnotherProfileIsToldToo() {
        WrittenSettings told = new WrittenSettings(folder).file("""
                "%testing":
                  monitoring:
                    profile: production
                    series: {max: none, mox: 1}
                    webhook: {url: "${file:/not/on/this/machine}"}
                """);

        String where = " (" + folder.resolve("tocsin.yaml") + " line %d, profile testing)";
        assertThat(told.problems())
                .containsExactlyInAnyOrder(
                        "monitoring.profile must not be set in the section of a profile" + where.formatted(3),
                        "monitoring.series.mox is not known; did you mean monitoring.series.max?" + where.formatted(4),
                        "monitoring.series.max must be a whole number, 1 to 10000000, was \"none\""
                                + where.formatted(4));
    }

    private CollectorSettings written(String file) {
        return new WrittenSettings(folder).file(file).load();
    }

    private static Set<String> names(CollectorSettings settings) {
        return settings.rules().stream().map(Rule::name).collect(Collectors.toSet());
    }
}
