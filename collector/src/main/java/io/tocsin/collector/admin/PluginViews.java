/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.v1.DetectorInfo;
import io.tocsin.v1.DetectorInput;
import io.tocsin.v1.DetectorParameter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Plugins, the detectors they bring, and how those do in one tenant's rules. Thread-safe. */
final class PluginViews {
    private final DetectorCatalog catalog;

    PluginViews(DetectorCatalog catalog) {
        this.catalog = catalog;
    }

    /** By name. */
    List<io.tocsin.v1.Plugin> plugins(List<RuleView> rules) {
        return catalog.plugins().stream()
                .sorted(Comparator.comparing(Plugin::name))
                .map(plugin -> plugin(plugin, rules))
                .toList();
    }

    private static io.tocsin.v1.Plugin plugin(Plugin plugin, List<RuleView> rules) {
        io.tocsin.v1.Plugin.Builder proto = io.tocsin.v1.Plugin.newBuilder()
                .setName(plugin.name())
                .setVersion(plugin.version())
                .setProblem(plugin.problem());
        plugin.detectors().stream()
                .sorted(Comparator.comparing(DetectorFactory::name))
                .forEach(factory -> proto.addDetectors(detector(factory, rules)));
        return proto.build();
    }

    private static DetectorInfo detector(DetectorFactory factory, List<RuleView> rules) {
        DetectorInfo.Builder proto =
                DetectorInfo.newBuilder().setName(factory.name()).setSummary(factory.summary());
        for (Input input : factory.inputs()) {
            proto.addInputs(DetectorInput.newBuilder()
                    .setName(input.name())
                    .setKind(input.kind().name().toLowerCase(Locale.ROOT))
                    .setHelp(input.help()));
        }
        for (Parameter<?> parameter : factory.parameters()) {
            proto.addParameters(parameter(parameter));
        }
        long failures = 0;
        int setAside = 0;
        for (RuleView rule : rules) {
            if (rule.rule().detector().equals(factory.name())) {
                failures += rule.failures();
                setAside += rule.setAside();
            }
        }
        return proto.setFailures(failures).setSetAside(setAside).build();
    }

    private static <T> DetectorParameter parameter(Parameter<T> parameter) {
        return DetectorParameter.newBuilder()
                .setName(parameter.name())
                .setType(parameter.type().name().toLowerCase(Locale.ROOT))
                .setDefaultValue(parameter.defaultValue().map(parameter::format).orElse(""))
                .setAllowed(parameter.allowed())
                .setUnit(parameter.unit())
                .setHelp(parameter.help())
                .build();
    }
}
