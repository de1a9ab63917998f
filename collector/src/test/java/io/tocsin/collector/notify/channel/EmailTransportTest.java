/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.notify.channel.Answer.Outcome;
import io.tocsin.collector.notify.channel.Target.Email.Login;
import io.tocsin.collector.notify.channel.Target.Email.Tls;
import io.tocsin.collector.security.Secret;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail by a real SMTP server, read as its reader would. */
class EmailTransportTest {
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
        server.setUser("oncall@example.com", "oncall", "open sesame");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void tellsWhatFiresInSubjectTextAndHtml() throws Exception {
        Answer answer = transport(Optional.empty()).send(Samples.firing(), ManualClock.NOON);

        assertThat(answer.isDelivered()).as(answer.text()).isTrue();
        MimeMessage mail = server.getReceivedMessages()[0];
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(mail.getSubject()).isEqualTo("[FIRING 2] critical: latency-spike (planner)");
        assertThat(mail.getHeader("Importance")).containsExactly("high");
        assertThat(mail.getMessageID()).isEqualTo("<n-1@example.org>");
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("latency-spike (planner), critical")
                .contains("  What: slow")
                .contains("  State: firing since 2026-03-01 12:00:00 UTC")
                .contains("  Seen: 3.000 s")
                .contains("  Expected: at most 1.000 s")
                .contains("  team: blue");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("<td>slow</td>")
                .contains("#b3001b");
    }

    @Test
    void theEndFollowsTheBeginningInTheSameThreadAndSaysHowLongItTook() throws Exception {
        transport(Optional.empty()).send(Samples.resolved(), ManualClock.NOON);

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[RESOLVED] latency-spike (planner) after 4m 12s");
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<n-1@example.org>");
        assertThat(mail.getHeader("References")).containsExactly("<n-1@example.org>");
        assertThat(mail.getHeader("Importance")).isNull();
    }

    @Test
    void logsInAndSaysWhenItIsNotLetIn() {
        assertThat(transport(Optional.of(new Login("oncall", Secret.of("open sesame"))))
                        .send(Samples.test(), ManualClock.NOON)
                        .isDelivered())
                .isTrue();

        Answer refused =
                transport(Optional.of(new Login("oncall", Secret.of("wrong")))).send(Samples.test(), ManualClock.NOON);

        assertThat(refused.isDelivered()).isFalse();
        assertThat(refused.text()).startsWith("login refused").doesNotContain("wrong");
    }

    @Test
    void saysNothingInTheClearWhereEncryptionIsAskedFor() {
        Answer answer = new EmailTransport(
                        new Target.Email(
                                "127.0.0.1",
                                server.getSmtp().getPort(),
                                Tls.STARTTLS,
                                Optional.empty(),
                                "tocsin@example.org",
                                List.of("oncall@example.com")),
                        Duration.ofSeconds(5))
                .send(Samples.firing(), ManualClock.NOON);

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.text()).contains("STARTTLS");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private EmailTransport transport(Optional<Login> login) {
        return new EmailTransport(
                new Target.Email(
                        "127.0.0.1",
                        server.getSmtp().getPort(),
                        Tls.NONE,
                        login,
                        "tocsin@example.org",
                        List.of("oncall@example.com")),
                Duration.ofSeconds(5));
    }
}
