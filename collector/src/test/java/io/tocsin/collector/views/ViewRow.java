/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import com.google.protobuf.Message;
import java.util.function.Consumer;

/**
 * One question and what its answer must be.
 *
 * @param service "QueryService" or "AlertService"
 * @param rpc name of the call
 * @param request whole; where it has a page size, the caller asks for all pages and joins them
 * @param check throws if the answer is wrong
 */
public record ViewRow(String service, String rpc, Message request, Consumer<Message> check) {
    @SuppressWarnings("unchecked") // whoever asks gets the answer of the call
    static <A extends Message> ViewRow query(String rpc, Message request, Consumer<A> check) {
        return new ViewRow("QueryService", rpc, request, answer -> check.accept((A) answer));
    }

    @SuppressWarnings("unchecked") // likewise
    static <A extends Message> ViewRow alerts(String rpc, Message request, Consumer<A> check) {
        return new ViewRow("AlertService", rpc, request, answer -> check.accept((A) answer));
    }

    @Override
    public String toString() {
        return rpc + " " + request.toString().replaceAll("\\s+", " ");
    }
}
