/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.tocsin.collector.diagnosis.Diagnosis;
import io.tocsin.v1.DiagnoseResponse;
import io.tocsin.v1.Diagnosis.Verdict;
import java.util.List;

/** A diagnosis as it goes over the wire. */
final class ProtoDiagnoses {
    private ProtoDiagnoses() {}

    static DiagnoseResponse response(List<Diagnosis> found) {
        DiagnoseResponse.Builder response = DiagnoseResponse.newBuilder();
        for (Diagnosis one : found) {
            response.addFindingsBuilder()
                    .setCheck(one.check())
                    .setVerdict(
                            switch (one.verdict()) {
                                case OK -> Verdict.VERDICT_OK;
                                case NOTICE -> Verdict.VERDICT_NOTICE;
                                case TROUBLE -> Verdict.VERDICT_TROUBLE;
                            })
                    .setSeen(one.seen())
                    .setRemedy(one.remedy());
        }
        return response.build();
    }
}
