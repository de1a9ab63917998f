/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.BackupProgress;
import io.tocsin.v1.BackupRequest;
import io.tocsin.v1.BackupResponse;
import io.tocsin.v1.BackupSummary;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupCommandTest {
    private final String name = InProcessServerBuilder.generateName();
    private final CommandRunner tocsin = new CommandRunner(
            target -> InProcessChannelBuilder.forName(name).directExecutor().build());
    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new OneFolder())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    /** Takes a backup to "monday" and to nowhere else. */
    private static final class OneFolder extends AdminServiceGrpc.AdminServiceImplBase {
        @Override
        public void backup(BackupRequest request, StreamObserver<BackupResponse> to) {
            if (!request.getTo().equals("monday")) {
                to.onError(Status.ALREADY_EXISTS
                        .withDescription(request.getTo() + " is there, and not empty")
                        .asRuntimeException());
                return;
            }
            to.onNext(BackupResponse.newBuilder()
                    .setProgress(BackupProgress.newBuilder().setBytes(5).setAllBytes(10))
                    .build());
            to.onNext(BackupResponse.newBuilder()
                    .setSummary(BackupSummary.newBuilder()
                            .setFolder("/var/backups/tocsin/monday")
                            .setTook(Duration.newBuilder().setSeconds(1).setNanos(500_000_000))
                            .setBytes(12_300_000)
                            .setCopiedBytes(400_000))
                    .build());
            to.onCompleted();
        }
    }

    @Test
    void saysWhereItIsAndWhatItCost() {
        assertThat(tocsin.run("backup", "--to", "monday")).isEqualTo(ExitCode.OK);
        assertThat(tocsin.out().strip())
                .isEqualTo("/var/backups/tocsin/monday: 12.3 MB in 1.5 s, of which 0.4 MB take room of their own");
    }

    @Test
    void forProgramsAsJson() {
        assertThat(tocsin.run("backup", "--to", "monday", "--json")).isEqualTo(ExitCode.OK);
        assertThat(tocsin.out()).contains("\"folder\":\"/var/backups/tocsin/monday\"");
    }

    @Test
    void whatTheCollectorRefusesIsToldAndNothingElse() {
        assertThat(tocsin.run("backup", "--to", "sunday")).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.out()).isEmpty();
        assertThat(tocsin.err()).contains("sunday is there, and not empty");
    }

    @Test
    void aFolderMustBeNamed() {
        assertThat(tocsin.run("backup")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theHelpTeachesHowToRestore() {
        assertThat(tocsin.run("backup", "--help")).isEqualTo(ExitCode.OK);
        assertThat(tocsin.out()).contains("monitoring.backups.dir", "To restore: stop the collector");
    }
}
