/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The README lists each detector and parameter as it is declared. */
class ReadmeTest {

    @Test
    void listsEveryParameterWithItsDefaultAndMeaning() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        List<String> missing = new ArrayList<>();
        for (DetectorFactory factory : ServiceLoader.load(DetectorFactory.class)) {
            assertThat(readme).contains("### `" + factory.name() + "`").contains(factory.summary());
            for (Parameter<?> parameter : factory.parameters()) {
                String row = row(parameter);
                if (!readme.contains(row)) {
                    missing.add(factory.name() + ": " + row);
                }
            }
        }
        assertThat(missing).as("rows to put into README.md").isEmpty();
    }

    private static <T> String row(Parameter<T> parameter) {
        String standard = parameter.defaultValue().map(parameter::format).orElse("must be set");
        return "| `" + parameter.name() + "` | " + standard + " | " + parameter.help() + " |";
    }

    @Test
    void allEightAreFoundByTheServiceLoader() {
        List<String> names = ServiceLoader.load(DetectorFactory.class).stream()
                .map(found -> found.get().name())
                .toList();
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "slo",
                        "outage",
                        "latency-spike",
                        "error-rate-spike",
                        "throughput-drop",
                        "agent-failure",
                        "threshold",
                        "absence");
    }
}
