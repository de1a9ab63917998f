/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Optional;

/**
 * How the answers of a watching call become events. Immutable.
 *
 * @param name of all its events; empty: the member of {@code choice} that is set
 * @param choice a oneof of the answer; empty if it has none
 * @param idField the field that is the event's id, with which a client resumes; empty if it cannot
 * @param resumeField the field of the request that takes such an id
 * @param silent the member of {@code choice} that is no event, but says that the line is alive
 */
record EventNames(String name, String choice, String idField, String resumeField, String silent) {

    static EventNames all(String name) {
        return new EventNames(name, "", "", "", "");
    }

    static EventNames byChoice(String choice, String idField, String resumeField, String silent) {
        return new EventNames("", choice, idField, resumeField, silent);
    }

    /** Empty: nothing to tell but that the line is alive. */
    Optional<String> nameOf(Message answer) {
        if (choice.isEmpty()) {
            return Optional.of(name);
        }
        FieldDescriptor set = answer.getOneofFieldDescriptor(answer.getDescriptorForType().getOneofs().stream()
                .filter(o -> o.getName().equals(choice))
                .findFirst()
                .orElseThrow());
        return Optional.ofNullable(set).map(FieldDescriptor::getName).filter(n -> !n.equals(silent));
    }

    /** Empty: the client cannot resume. */
    Optional<String> idOf(Message answer) {
        return idField.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        (String) answer.getField(answer.getDescriptorForType().findFieldByName(idField)));
    }
}
