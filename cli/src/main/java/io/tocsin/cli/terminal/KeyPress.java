/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

/**
 * A key that was pressed. Immutable.
 *
 * @param key which
 * @param sign what it writes, for {@link KeyName#SIGN}; else 0
 */
public record KeyPress(KeyName key, char sign) {
    /** One that writes no sign. */
    public static KeyPress of(KeyName key) {
        return new KeyPress(key, (char) 0);
    }

    /** One that writes a sign. */
    public static KeyPress of(char sign) {
        return new KeyPress(KeyName.SIGN, sign);
    }

    /** Whether it writes this sign. */
    public boolean is(char wanted) {
        return key == KeyName.SIGN && sign == wanted;
    }
}
