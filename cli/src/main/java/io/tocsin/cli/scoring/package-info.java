/* SPDX-License-Identifier: Apache-2.0 */
/** Which alert found which incident, and with what certainty one may say so. */
package io.tocsin.cli.scoring;
