/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a real container, over a real port. */
@Timeout(60)
class RecordingFilterTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String GET = "http.server.request.duration {http.request.method=GET, http.route=/orders/*}";

    private final Inbox inbox = new Inbox();
    private final Server server = new Server(0);

    @BeforeEach
    void serve() throws Exception {
        start(new RecordingFilter(inbox.client()));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        inbox.close();
    }

    @Test
    void recordsARequestUnderTheRouteOfItsServlet() throws Exception {
        assertThat(get("/orders/17?how=200")).isEqualTo(200);
        assertThat(get("/orders/18?how=404")).isEqualTo(404);

        assertThat(outcomes(2)).containsExactlyInAnyOrder(GET + " ok", GET + " ok");
    }

    @Test
    void takesAStatusFromFiveHundredOnForAFailure() throws Exception {
        assertThat(get("/orders/17?how=503")).isEqualTo(503);

        assertThat(outcomes(1)).containsExactly(GET + " failed 503");
    }

    @Test
    void namesWhatWasThrown() throws Exception {
        assertThat(get("/orders/17?how=throws")).isEqualTo(500);

        assertThat(outcomes(1)).containsExactly(GET + " failed java.lang.IllegalStateException");
    }

    @Test
    void recordsAnAsynchronousRequestWhenItIsComplete() throws Exception {
        assertThat(get("/orders/17?how=async")).isEqualTo(502);

        assertThat(outcomes(1)).containsExactly(GET + " failed 502");
    }

    @Test
    void takesAnAsynchronousRequestThatIsNeverCompletedForTimedOut() throws Exception {
        assertThat(get("/orders/17?how=never")).isEqualTo(500);

        assertThat(outcomes(1)).containsExactly(GET + " failed timeout");
    }

    @Test
    void takesASpringPatternForTheRoute() throws Exception {
        get("/orders/17?how=spring");

        assertThat(outcomes(1))
                .containsExactly("http.server.request.duration {http.request.method=GET, http.route=/orders/{id}} ok");
    }

    @Test
    void keepsTheNumberOfRoutesBounded() throws Exception {
        server.stop();
        start(new RecordingFilter(inbox.client(), HttpServletRequest::getPathInfo));
        for (int i = 0; i < RequestSeries.MAX_ROUTES + 20; i++) {
            get("/orders/" + i + "?how=200");
        }

        List<String> recorded = outcomes(RequestSeries.MAX_ROUTES + 20);
        assertThat(recorded.stream().distinct().count()).isEqualTo(RequestSeries.MAX_ROUTES + 1);
        assertThat(recorded).filteredOn(one -> one.contains("http.route=other")).hasSize(20);
    }

    @Test
    void breaksNoRequestWhenRecordingFails() throws Exception {
        server.stop();
        start(new RecordingFilter(null)); // null stands for any fault of ours: whatever is called throws

        assertThat(get("/orders/17?how=200")).isEqualTo(200);
        assertThat(get("/orders/17?how=503")).isEqualTo(503);
    }

    private void start(RecordingFilter filter) throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder servlet = new ServletHolder(new Orders());
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/orders/*");
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
        server.setHandler(context);
        server.start();
    }

    private int get(String pathAndQuery) throws Exception {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    /** A request may be recorded a moment after its answer has left. */
    private List<String> outcomes(int count) {
        await().atMost(SOON).until(() -> inbox.outcomes().size() >= count);
        return inbox.outcomes();
    }

    /** Ends a request as it says. */
    private static final class Orders extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            String how = request.getParameter("how");
            switch (how) {
                case "throws" -> throw new IllegalStateException("planted");
                case "async" -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> {
                        response.setStatus(502);
                        async.complete();
                    });
                }
                case "never" -> request.startAsync().setTimeout(50);
                case "spring" ->
                    request.setAttribute(
                            "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern", "/orders/{id}");
                default -> response.setStatus(Integer.parseInt(how));
            }
        }
    }
}
