/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One table of questions to every view, with what their answers must be, worked out from the records one by one.
 *
 * <p>{@link io.tocsin.collector.views.RecordedDays} makes records, always the same, and pushes them into a recording.
 * {@link io.tocsin.collector.views.ViewTable} lists rows: a call, a request, and a check of the answer against the records. Who runs the table asks
 * by gRPC ({@code ViewTableTest}) or by any other way that ends with the same message. To add a row, add a line to the method of its view in {@code
 * ViewTable} or the class it calls; a filter, order or step that no row uses is what {@code
 * ViewTableTest.usesEveryFieldOfEveryRequest} finds.
 */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.views;
