/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Asks for page after page and joins them. */
public final class AllPages {
    private static final int MOST = 10_000;

    private AllPages() {}

    /** The answer, as if it had come on one page. */
    public static Message of(Message request, UnaryOperator<Message> call) {
        Message answer = call.apply(request);
        Message.Builder all = answer.toBuilder();
        for (int page = 1; !token(answer).isEmpty(); page++) {
            assertThat(page).as("pages of " + request).isLessThan(MOST);
            checkSize(request, answer);
            FieldDescriptor token = request.getDescriptorForType().findFieldByName("page_token");
            answer = call.apply(
                    request.toBuilder().setField(token, token(answer)).build());
            all.mergeFrom(answer);
        }
        checkSize(request, answer);
        return all.build();
    }

    private static String token(Message answer) {
        return Optional.ofNullable(answer.getDescriptorForType().findFieldByName("next_page_token"))
                .map(field -> (String) answer.getField(field))
                .orElse("");
    }

    private static void checkSize(Message request, Message answer) {
        FieldDescriptor size = request.getDescriptorForType().findFieldByName("page_size");
        if (size != null && (Integer) request.getField(size) > 0) {
            FieldDescriptor list = answer.getDescriptorForType().getFields().get(0);
            assertThat((List<?>) answer.getField(list)).hasSizeLessThanOrEqualTo((Integer) request.getField(size));
        }
    }
}
