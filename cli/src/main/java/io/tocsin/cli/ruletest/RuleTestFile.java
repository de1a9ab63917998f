/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of tests. Immutable.
 *
 * @param config whose rules are tested; empty: those that come with Tocsin
 */
record RuleTestFile(Path path, Optional<Path> config, List<RuleTest> tests) {
    RuleTestFile {
        tests = List.copyOf(tests);
    }
}
