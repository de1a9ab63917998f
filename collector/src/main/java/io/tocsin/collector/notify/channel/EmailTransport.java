/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.notify.channel.Target.Email.Tls;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends a mail by SMTP, over a connection of its own each time. Thread-safe. */
final class EmailTransport implements Transport {
    private static final int FOR_GOOD = 500;

    private final Target.Email settings;
    private final Session session;

    EmailTransport(Target.Email email, Duration timeout) {
        this.settings = email;
        this.session = Session.getInstance(properties(email, timeout));
    }

    private static Properties properties(Target.Email email, Duration timeout) {
        String millis = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", email.host());
        properties.setProperty("mail.smtp.port", Integer.toString(email.port()));
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.setProperty("mail.smtp.auth", Boolean.toString(email.login().isPresent()));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(email.tls() == Tls.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(email.tls() == Tls.STARTTLS));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(email.tls() == Tls.IMPLICIT));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    @Override
    public Answer send(Notification notification, long nowMillis) {
        try {
            MailMessage message = new MailMessage(session, notification, settings.from(), nowMillis);
            for (String to : settings.to()) {
                message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
            }
            message.saveChanges();
            return send(message);
        } catch (MessagingException e) {
            return failed(e);
        }
    }

    private Answer send(MailMessage message) throws MessagingException {
        try (SMTPTransport smtp = (SMTPTransport) session.getTransport("smtp")) {
            if (settings.login().isPresent()) {
                Target.Email.Login login = settings.login().get();
                smtp.connect(login.username(), login.password().reveal());
            } else {
                smtp.connect();
            }
            smtp.sendMessage(message, message.getAllRecipients());
            return Answer.delivered(oneLine(smtp.getLastServerResponse()));
        }
    }

    /** The library hides what the server said behind a "null" or in a chain of its own. */
    private static Answer failed(MessagingException e) {
        List<String> said = new ArrayList<>();
        boolean forGood = false;
        for (Exception cause = e; cause != null; cause = next(cause)) {
            if (cause instanceof SMTPSendFailedException send) {
                forGood |= send.getReturnCode() >= FOR_GOOD;
            } else if (cause instanceof SMTPAddressFailedException address) {
                forGood |= address.getReturnCode() >= FOR_GOOD;
            }
            String text = oneLine(String.valueOf(cause.getMessage()));
            if (!said.contains(text)) {
                said.add(text);
            }
        }
        String words = (e instanceof AuthenticationFailedException ? "login refused: " : "") + String.join("; ", said);
        return forGood ? Answer.refused(words) : Answer.failed(words);
    }

    private static @org.jspecify.annotations.Nullable Exception next(Exception e) {
        return e instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    @Override
    public String target() {
        String scheme = settings.tls() == Tls.IMPLICIT ? "smtps" : "smtp";
        return scheme + "://" + settings.host() + ":" + settings.port() + " to " + String.join(", ", settings.to());
    }
}
