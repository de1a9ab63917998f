/* SPDX-License-Identifier: Apache-2.0 */
/** {@code tocsin demo}: a collector, an orchestrator that pushes to it, incidents by script, and the alerts they cause. */
package io.tocsin.cli.demo;
