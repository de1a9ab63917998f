/* SPDX-License-Identifier: Apache-2.0 */
/** A person's views of a running collector: alerts, SLOs, agents; each as JSON lines for programs. */
package io.tocsin.cli.view;
