/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.config;

import io.tocsin.cli.console.CommandFailure;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.ConfigException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings on the command line, the same wherever a collector is told anything. */
public final class SettingOptions {
    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "development (default), production or testing: other defaults, and their sections of the file.")
    private @Nullable String profile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting, as monitoring.series.max=1000; may be repeated, wins over all else.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "A folder of jars for each plugin in here (default: plugins).")
    private @Nullable Path plugins;

    /**
     * Reads all settings.
     *
     * @param shorter other options, by the key that they set
     * @throws CommandFailure with all problems
     */
    public CollectorSettings load(@Nullable Path file, Map<String, String> shorter) {
        Map<String, String> commandLine = new LinkedHashMap<>(shorter);
        if (profile != null) {
            commandLine.put("monitoring.profile", profile);
        }
        if (plugins != null) {
            commandLine.put("monitoring.plugins.dir", plugins.toString());
        }
        commandLine.putAll(set);
        try {
            return CollectorSettings.load(Optional.ofNullable(file), commandLine);
        } catch (ConfigException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
