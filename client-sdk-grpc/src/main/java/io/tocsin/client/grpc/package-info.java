/* SPDX-License-Identifier: Apache-2.0 */
/** Records the calls of a gRPC service or client, with one line for each. */
@NullMarked
package io.tocsin.client.grpc;

import org.jspecify.annotations.NullMarked;
