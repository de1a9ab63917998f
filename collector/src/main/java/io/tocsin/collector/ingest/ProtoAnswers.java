/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import com.google.rpc.Code;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.journal.Answer;
import io.tocsin.collector.journal.RejectedRecord;
import io.tocsin.v1.Ack;
import io.tocsin.v1.Position;
import io.tocsin.v1.Redefine;
import io.tocsin.v1.Refusal;
import io.tocsin.v1.Rejection;
import io.tocsin.v1.RejectionReason;
import io.tocsin.v1.StreamResponse;
import java.time.Duration;

/** Answers as they go over the wire. */
final class ProtoAnswers {
    private ProtoAnswers() {}

    static Ack ack(Answer answer) {
        Ack.Builder ack = Ack.newBuilder()
                .setSequence(answer.sequence())
                .setPosition(position(answer.position()))
                .setAlreadyAccepted(answer.alreadyAccepted());
        for (RejectedRecord rejected : answer.rejections()) {
            ack.addRejections(rejection(rejected));
        }
        return ack.build();
    }

    static Rejection rejection(RejectedRecord rejected) {
        return Rejection.newBuilder()
                .setRow(rejected.row())
                .setReason(reason(rejected.reason()))
                .setMessage(rejected.message())
                .build();
    }

    static Position position(io.tocsin.collector.partition.Position position) {
        return Position.newBuilder()
                .setPartition(position.partition())
                .setOffset(position.offset())
                .build();
    }

    /** Never to be sent again. */
    static StreamResponse refusal(long sequence, Code code, String message) {
        return StreamResponse.newBuilder()
                .setRefusal(Refusal.newBuilder()
                        .setSequence(sequence)
                        .setCode(code.getNumber())
                        .setMessage(message))
                .build();
    }

    static StreamResponse refusal(long sequence, Code code, String message, Duration retryAfter) {
        return StreamResponse.newBuilder()
                .setRefusal(Refusal.newBuilder()
                        .setSequence(sequence)
                        .setCode(code.getNumber())
                        .setMessage(message)
                        .setRetryAfter(CallTimes.duration(retryAfter.toMillis())))
                .build();
    }

    static StreamResponse redefine(long sequence) {
        return StreamResponse.newBuilder()
                .setRedefine(Redefine.newBuilder().setSequence(sequence))
                .build();
    }

    private static RejectionReason reason(RejectedRecord.Reason reason) {
        return switch (reason) {
            case UNKNOWN_SERIES -> RejectionReason.REJECTION_REASON_UNKNOWN_SERIES;
            case WRONG_KIND -> RejectionReason.REJECTION_REASON_WRONG_KIND;
            case BAD_VALUE -> RejectionReason.REJECTION_REASON_BAD_VALUE;
            case TOO_FAR_AHEAD -> RejectionReason.REJECTION_REASON_TOO_FAR_AHEAD;
            case TOO_OLD -> RejectionReason.REJECTION_REASON_TOO_OLD;
            case BAD_NAME -> RejectionReason.REJECTION_REASON_BAD_NAME;
            case UNKNOWN_ERROR_TYPE -> RejectionReason.REJECTION_REASON_UNKNOWN_ERROR_TYPE;
        };
    }
}
