/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.v1.AdminServiceGrpc;
import io.tocsin.v1.DiagnoseRequest;
import io.tocsin.v1.DiagnoseResponse;
import io.tocsin.v1.Diagnosis;
import io.tocsin.v1.GetHealthRequest;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.QueryServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private final CommandRunner tocsin = new CommandRunner(ChannelFactory.tcp());
    private Server server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.shutdownNow();
        }
    }

    @Test
    void saysThatNothingListensAndWhatToDo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(doctor(port)).isEqualTo(ExitCode.BAD_RESULT);
        assertThat(tocsin.lines().get(0)).isEqualTo("ok       name: 127.0.0.1 is an address");
        assertThat(tocsin.out())
                .contains("TROUBLE  port: nothing listens on 127.0.0.1:" + port)
                .contains("-> start a collector there (tocsin serve)");
        assertThat(tocsin.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void saysThatANameIsNotKnown() {
        assertThat(tocsin.run("doctor", "--target", "no-such-host.invalid:7317"))
                .isEqualTo(ExitCode.BAD_RESULT);
        assertThat(tocsin.out()).contains("TROUBLE  name: no address is known for no-such-host.invalid");
    }

    @Test
    void tellsTheHttpPortFromACollector() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        try {
            assertThat(doctor(http.getAddress().getPort())).isEqualTo(ExitCode.BAD_RESULT);
            assertThat(tocsin.out()).contains("speaks HTTP/1", "\"tocsin ready");
        } finally {
            http.stop(0);
        }
    }

    @Test
    void tellsThatTlsIsWanted() throws IOException, NoSuchAlgorithmException {
        try (SSLServerSocket tls = (SSLServerSocket) SSLContext.getDefault()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread accepting = new Thread(() -> acceptAll(tls));
            accepting.setDaemon(true);
            accepting.start();

            assertThat(doctor(tls.getLocalPort())).isEqualTo(ExitCode.BAD_RESULT);
            assertThat(tocsin.out()).contains("wants TLS");
        }
    }

    private static void acceptAll(SSLServerSocket tls) {
        while (!tls.isClosed()) {
            try (var socket = tls.accept()) {
                socket.getInputStream().read();
            } catch (IOException e) {
                // each handshake fails, which is what the other side is to see
                assertThat(e).isNotNull();
            }
        }
    }

    @Test
    void tellsAnotherGrpcServiceFromACollector() throws IOException {
        start(null, null);

        assertThat(doctor(server.getPort())).isEqualTo(ExitCode.BAD_RESULT);
        assertThat(tocsin.out()).contains("speaks gRPC, but is no Tocsin", "listens on 7317 unless");
    }

    @Test
    void anOlderCollectorIsANoticeAndNothingIsWrong() throws IOException {
        start(new Healthy(), null);

        assertThat(doctor(server.getPort())).isEqualTo(ExitCode.OK);
        assertThat(tocsin.out())
                .contains("ok       collector: a Tocsin collector answers, version 0.9.0")
                .contains("notice   diagnosis: this collector cannot diagnose itself")
                .contains("nothing is wrong");
    }

    @Test
    void whatTheCollectorFindsIsPrintedWithItsRemedy() throws IOException {
        start(new Healthy(), new Diagnosing());

        assertThat(doctor(server.getPort())).isEqualTo(ExitCode.BAD_RESULT);
        assertThat(tocsin.out())
                .contains("TROUBLE  clocks: producer p1 is 42 s behind", "-> synchronise its clock")
                .doesNotContain("nothing is wrong");
    }

    @Test
    void jsonIsOneObjectWithAllFindings() throws IOException {
        start(new Healthy(), new Diagnosing());

        tocsin.run("doctor", "--json", "--target", "127.0.0.1:" + server.getPort());

        assertThat(tocsin.lines()).hasSize(1);
        assertThat(tocsin.lines().get(0))
                .startsWith("{\"findings\":[{\"check\":\"name\",\"verdict\":\"VERDICT_OK\"")
                .contains("\"check\":\"clocks\",\"verdict\":\"VERDICT_TROUBLE\"");
    }

    private int doctor(int port) {
        return tocsin.run("doctor", "--target", "127.0.0.1:" + port);
    }

    private void start(Healthy queries, Diagnosing admin) throws IOException {
        var builder = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create());
        if (queries != null) {
            builder.addService(queries);
        }
        if (admin != null) {
            builder.addService(admin);
        }
        server = builder.build().start();
    }

    private static final class Healthy extends QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> to) {
            to.onNext(GetHealthResponse.newBuilder()
                    .setStatus(GetHealthResponse.Status.STATUS_OK)
                    .setVersion("0.9.0")
                    .build());
            to.onCompleted();
        }
    }

    private static final class Diagnosing extends AdminServiceGrpc.AdminServiceImplBase {
        @Override
        public void diagnose(DiagnoseRequest request, StreamObserver<DiagnoseResponse> to) {
            to.onNext(DiagnoseResponse.newBuilder()
                    .addFindings(Diagnosis.newBuilder()
                            .setCheck("clocks")
                            .setVerdict(Diagnosis.Verdict.VERDICT_TROUBLE)
                            .setSeen("producer p1 is 42 s behind")
                            .setRemedy("synchronise its clock"))
                    .build());
            to.onCompleted();
        }
    }
}
