/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.notify.channel.Notification.Kind;
import io.tocsin.detectors.Severity;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/**
 * A notification as a mail in plain text and HTML. Its Message-ID follows from the notification's id, and all of a group refer to the
 * first, so that a mail program shows the end below the beginning, and a mail that was sent twice once.
 */
final class MailMessage extends MimeMessage {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String messageId;

    @SuppressWarnings("JavaUtilDate") // the library asks for it
    MailMessage(Session session, Notification notification, String from, long nowMillis) throws MessagingException {
        super(session);
        InternetAddress sender = new InternetAddress(from);
        String domain = sender.getAddress().substring(sender.getAddress().indexOf('@') + 1);
        messageId = "<" + notification.id() + "@" + domain + ">";
        setFrom(sender);
        setSubject(Wording.title(notification), UTF_8);
        setSentDate(new Date(nowMillis));
        if (!notification.thread().equals(notification.id())) {
            String first = "<" + notification.thread() + "@" + domain + ">";
            setHeader("In-Reply-To", first);
            setHeader("References", first);
        }
        // else a vacation notice would answer
        setHeader("Auto-Submitted", "auto-generated");
        priority(notification);
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(MailText.plain(notification), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(MailText.html(notification), UTF_8, "html");
        setContent(new MimeMultipart("alternative", plain, html));
    }

    /** Critical and high stand out in the inbox, low and info hide; what has ended is as any mail. */
    private void priority(Notification notification) throws MessagingException {
        Severity severity = notification.severity();
        boolean alarming = !notification.isResolved() && severity.compareTo(Severity.HIGH) >= 0;
        boolean routine = severity.compareTo(Severity.LOW) <= 0 && notification.kind() != Kind.TEST;
        if (alarming || routine) {
            setHeader("Importance", alarming ? "high" : "low");
            setHeader("X-Priority", alarming ? "1" : "5");
        }
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
