/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import com.google.protobuf.Message;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a watch looks at.
 *
 * @param question equal for watches that see the same
 * @param answer asks for it as it is now
 * @param essence what of it must differ for it to count as changed: without what time alone changes
 */
record Watched<T extends Message>(
        Answers.Question question, Supplier<CompletionStage<T>> answer, Function<T, Message> essence) {}
