/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDoorTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpDoor door;

    @BeforeEach
    void open() throws IOException {
        door = new HttpDoor(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Map.of(
                        "/fine", accepted -> Page.text(200, "accepts " + accepted),
                        "/broken",
                                accepted -> {
                                    throw new IllegalStateException("on purpose");
                                }),
                HttpSettings.DEFAULTS,
                new HttpCounters(),
                InstantSource.system(),
                Optional.empty(),
                "");
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void answersWithThePageThatIsAskedFor() throws Exception {
        HttpResponse<String> response = send(request("/fine").header("Accept", "text/plain"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("accepts text/plain\n");
        assertThat(response.headers().firstValue("content-type")).contains(Page.TEXT);
    }

    @Test
    void namesThePagesThereAreWhenThereIsNoSuch() throws Exception {
        HttpResponse<String> response = send(request("/else"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("there is no /else here, there are /broken, /fine\n");
    }

    @Test
    void refusesToBeWrittenTo() throws Exception {
        assertThat(send(request("/fine").POST(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(405);
        assertThat(send(request("/fine").method("HEAD", BodyPublishers.noBody()))
                        .body())
                .isEmpty();
    }

    @Test
    void saysThatAPageIsBrokenWithoutSayingWhy() throws Exception {
        HttpResponse<String> response = send(request("/broken"));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("on purpose");
    }

    @Test
    void isGoneAfterCloseWhichMayBeCalledTwice() {
        door.close();
        door.close();

        assertThatThrownBy(() -> send(request("/fine"))).isInstanceOf(ConnectException.class);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + door.address().getPort() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
