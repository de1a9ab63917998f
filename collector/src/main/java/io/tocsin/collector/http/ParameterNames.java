/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tocsin.v1.Matcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The query parameters of a request, made from its descriptor: each field that holds a value is one, under its path
 * ({@code range.start_time}), under its last name where that is unique ({@code start_time}), and under its alias. Immutable.
 */
final class ParameterNames {
    /** A second, shorter name for a field of that name, wherever a request has one. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("page_size", "limit"),
            Map.entry("top", "limit"),
            Map.entry("order_by", "sort"),
            Map.entry("min_severity", "severity"),
            Map.entry("matchers", "match"),
            Map.entry("states", "state"),
            Map.entry("statuses", "status"),
            Map.entry("types", "type"),
            Map.entry("names", "name"),
            Map.entry("rules", "rule"),
            Map.entry("detectors", "detector"),
            Map.entry("quantiles", "quantile"),
            Map.entry("window", "last"));

    /** The deepest is {@code range.min_position.offset}. */
    private static final int MAX_DEPTH = 4;

    private final List<Parameter> all;
    private final Map<String, Parameter> byName = new LinkedHashMap<>();
    private final List<Parameter> inPath;

    /**
     * One parameter.
     *
     * @param fields from the request down to the field
     * @param names the one to show first
     */
    record Parameter(List<FieldDescriptor> fields, List<String> names) {
        FieldDescriptor field() {
            return fields.get(fields.size() - 1);
        }

        String path() {
            return pathOf(fields);
        }

        String name() {
            return names.get(0);
        }
    }

    private ParameterNames(List<Parameter> all, List<Parameter> inPath) {
        this.all = List.copyOf(all);
        this.inPath = List.copyOf(inPath);
        all.forEach(parameter -> parameter.names().forEach(name -> byName.put(name, parameter)));
    }

    static ParameterNames of(Descriptor request, List<String> fieldsInPath) {
        List<List<FieldDescriptor>> leaves = new ArrayList<>();
        collect(request, List.of(), leaves);
        Map<String, Long> uses = leaves.stream()
                .map(ParameterNames::lastName)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        List<Parameter> query = new ArrayList<>();
        List<Parameter> path = new ArrayList<>();
        for (List<FieldDescriptor> leaf : leaves) {
            if (fieldsInPath.contains(pathOf(leaf))) {
                path.add(new Parameter(leaf, List.of(pathOf(leaf))));
            } else {
                query.add(new Parameter(leaf, names(leaf, uses)));
            }
        }
        return new ParameterNames(query, path);
    }

    private static void collect(Descriptor type, List<FieldDescriptor> above, List<List<FieldDescriptor>> leaves) {
        for (FieldDescriptor field : type.getFields()) {
            List<FieldDescriptor> fields = new ArrayList<>(above);
            fields.add(field);
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || isOneValue(field.getMessageType())) {
                leaves.add(List.copyOf(fields));
            } else if (!field.isRepeated() && fields.size() < MAX_DEPTH) {
                collect(field.getMessageType(), fields, leaves);
            } else {
                throw new IllegalArgumentException(field.getFullName() + " cannot be given as a parameter");
            }
        }
    }

    /** Messages that one text gives. */
    private static boolean isOneValue(Descriptor type) {
        return type.getFile().getPackage().equals("google.protobuf")
                || type.getFullName().equals(Matcher.getDescriptor().getFullName());
    }

    private static List<String> names(List<FieldDescriptor> leaf, Map<String, Long> uses) {
        String last = lastName(leaf);
        List<String> names = new ArrayList<>();
        if (Long.valueOf(1).equals(uses.get(last))) {
            Optional.ofNullable(ALIASES.get(last))
                    .filter(alias -> !uses.containsKey(alias))
                    .ifPresent(names::add);
            names.add(last);
        }
        if (!names.contains(pathOf(leaf))) {
            names.add(pathOf(leaf));
        }
        return List.copyOf(names);
    }

    private static String lastName(List<FieldDescriptor> leaf) {
        return leaf.get(leaf.size() - 1).getName();
    }

    private static String pathOf(List<FieldDescriptor> fields) {
        return fields.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
    }

    List<Parameter> all() {
        return all;
    }

    /** Those that stand in the address. */
    List<Parameter> inPath() {
        return inPath;
    }

    Optional<Parameter> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Every name that is taken, aliases and whole paths too. */
    Collection<String> names() {
        return byName.keySet();
    }

    /** One name for each parameter. */
    List<String> shownNames() {
        return all.stream().map(Parameter::name).toList();
    }
}
