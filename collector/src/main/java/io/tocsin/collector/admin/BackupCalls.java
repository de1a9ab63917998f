/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.grpc.stub.ServerCallStreamObserver;
import io.tocsin.collector.backup.BackupResult;
import io.tocsin.collector.backup.Backups;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.v1.BackupProgress;
import io.tocsin.v1.BackupRequest;
import io.tocsin.v1.BackupResponse;
import io.tocsin.v1.BackupSummary;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** {@code AdminService.Backup}. Thread-safe. */
final class BackupCalls {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Backups backups;

    BackupCalls(Backups backups) {
        this.backups = backups;
    }

    /** Answers on the backup's thread. */
    void open(BackupRequest request, ServerCallStreamObserver<BackupResponse> call) {
        // without a handler, answering a caller who has gone throws
        call.setOnCancelHandler(() -> {});
        try {
            if (!backups.hasData()) {
                throw CallErrors.failedPrecondition(
                        "IN_MEMORY",
                        "this collector keeps all in memory, there is nothing to copy; start it with --data-dir");
            }
            if (!backups.isOn()) {
                throw CallErrors.failedPrecondition(
                        "BACKUPS_OFF",
                        "this collector takes no backups; set monitoring.backups.dir to the folder below which they may be");
            }
            if (!backups.start(request.getTo(), new Answers(call))) {
                throw CallErrors.exhausted("a backup runs already, allowed is 1; try again when it is over", RETRY);
            }
        } catch (IllegalArgumentException e) {
            call.onError(CallErrors.invalid("to", String.valueOf(e.getMessage())));
        } catch (FileAlreadyExistsException e) {
            call.onError(CallErrors.alreadyExists(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            call.onError(failure(e));
        } catch (RuntimeException e) {
            call.onError(CallErrors.of(e));
        }
    }

    private static Exception failure(IOException e) {
        return CallErrors.failedPrecondition("BACKUP_FAILED", "the backup came to nothing: " + e.getMessage());
    }

    /** Confined to the backup's thread. */
    private static final class Answers implements Backups.Caller {
        private final ServerCallStreamObserver<BackupResponse> call;
        private long toldNanos = System.nanoTime();

        Answers(ServerCallStreamObserver<BackupResponse> call) {
            this.call = call;
        }

        @Override
        public boolean isGone() {
            return call.isCancelled();
        }

        @Override
        public void come(long bytes, long allBytes) {
            long now = System.nanoTime();
            if (now - toldNanos < PROGRESS_NANOS || !call.isReady()) {
                return;
            }
            toldNanos = now;
            call.onNext(BackupResponse.newBuilder()
                    .setProgress(BackupProgress.newBuilder().setBytes(bytes).setAllBytes(Math.max(bytes, allBytes)))
                    .build());
        }

        @Override
        public void done(BackupResult result) {
            BackupSummary.Builder summary = BackupSummary.newBuilder()
                    .setFolder(result.folder().toString())
                    .setTakenTime(CallTimes.timestamp(result.takenMillis()))
                    .setTook(CallTimes.duration(result.tookMillis()))
                    .setBytes(result.bytes())
                    .setCopiedBytes(result.copiedBytes());
            result.through()
                    .forEach((partition, offset) ->
                            summary.addThrough(ProtoAlerts.position(new Position(partition, offset))));
            call.onNext(BackupResponse.newBuilder().setSummary(summary).build());
            call.onCompleted();
        }

        @Override
        public void failed(Exception e) {
            if (!call.isCancelled()) {
                call.onError(
                        e instanceof IOException broken
                                ? failure(broken)
                                : e instanceof CancellationException
                                        ? CallErrors.unavailable("the backup was given up: " + e.getMessage(), RETRY)
                                        : CallErrors.of(e));
            }
        }
    }
}
