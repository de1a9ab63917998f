/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

/** Takes judgements; the next stage implements it. Called on the partition's thread. */
public interface JudgementSink {

    /** A detector judged a member of its group at this engine time. */
    void judged(Group group, Judgement judgement, long atMillis);

    /** A member is gone. */
    void gone(Group group, int member, long atMillis);

    /** A group is gone, or its rule. */
    void gone(Group group, String why, long atMillis);

    /** A rule is gone that did not run, so it had no groups. */
    void gone(String tenant, String rule, String why, long atMillis);
}
