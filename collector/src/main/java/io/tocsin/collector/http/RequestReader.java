/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallErrors.Violation;
import io.tocsin.collector.http.ParameterNames.Parameter;
import io.tocsin.collector.rule.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a call's request of path and query. All that is wrong is told at once, by the names the caller gave. Confined to a thread; for
 * one request.
 */
final class RequestReader {
    private final Route.Call call;
    private final Message.Builder request;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, String> namesGiven = new HashMap<>();

    RequestReader(Route.Call call) {
        this.call = call;
        this.request = call.newRequest();
    }

    /**
     * Throws INVALID_ARGUMENT with all violations.
     *
     * @param path fields by name
     * @param query values by name
     */
    Message read(Map<String, String> path, Map<String, List<String>> query) {
        query.forEach(this::take);
        if (!violations.isEmpty()) {
            throw CallErrors.invalid(violations);
        }
        setPath(path);
        return request.build();
    }

    /** What stands in the path holds, whatever was said elsewhere. */
    void setPath(Map<String, String> path) {
        call.parameters().inPath().forEach(p -> set(p, p.field(), path.getOrDefault(p.path(), "")));
    }

    Message.Builder request() {
        return request;
    }

    /** How the caller named what the call knows by its path in the request: {@code limit} for {@code page_size}. */
    String nameGiven(String field) {
        for (Parameter parameter : call.parameters().all()) {
            String path = parameter.path();
            if (field.equals(path) || field.startsWith(path + ".") || field.startsWith(path + "[")) {
                return namesGiven.getOrDefault(path, parameter.name()) + field.substring(path.length());
            }
        }
        return field;
    }

    private void take(String name, List<String> values) {
        Parameter parameter = call.parameters().find(name).orElse(null);
        if (parameter == null) {
            violations.add(new Violation(name(name), unknown(name)));
            return;
        }
        String earlier = namesGiven.putIfAbsent(parameter.path(), name);
        if (earlier != null) {
            violations.add(new Violation(name, "is the same as " + earlier + "; give one of them"));
            return;
        }
        FieldDescriptor field = parameter.field();
        if (!field.isRepeated() && values.size() > 1) {
            violations.add(new Violation(name, "must be given once, was given " + values.size() + " times"));
            return;
        }
        try {
            for (String value : values) {
                for (String part : ParameterText.isSplitAtCommas(field) ? value.split(",", -1) : new String[] {value}) {
                    set(parameter, field, ParameterText.parse(field, part));
                }
            }
        } catch (BadValueException e) {
            violations.add(new Violation(name, e.problem()));
        }
    }

    private String unknown(String name) {
        if (call.parameters().inPath().stream().anyMatch(p -> p.path().equals(name))) {
            return "stands in the path, and must not be given again";
        }
        if (call.parameters().names().isEmpty()) {
            return "is not known; there are no parameters here";
        }
        return Spelling.nearest(name, call.parameters().names())
                .map(near -> "is not known; did you mean " + near + "?")
                .orElseGet(() -> "is not known; allowed are "
                        + String.join(", ", call.parameters().shownNames()));
    }

    private static String name(String given) {
        return BadValueException.shown(given);
    }

    private void set(Parameter parameter, FieldDescriptor field, Object value) {
        Message.Builder at = request;
        for (FieldDescriptor above :
                parameter.fields().subList(0, parameter.fields().size() - 1)) {
            at = at.getFieldBuilder(above);
        }
        if (field.isRepeated()) {
            at.addRepeatedField(field, value);
        } else {
            at.setField(field, value);
        }
    }
}
