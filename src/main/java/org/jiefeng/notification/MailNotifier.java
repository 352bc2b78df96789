package org.jiefeng.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import org.jiefeng.account.People;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Sends plain mails. A repetition carries the same Message-ID, so that mail servers and readers can drop it. */
class MailNotifier implements Notifier {

    private final NotificationProperties.Mail mail;
    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final People people;
    private final String host;

    /** @param host stands behind the at sign of Message-IDs */
    MailNotifier(NotificationProperties.Mail mail, People people, String host) {
        this.mail = mail;
        this.people = people;
        this.host = host;
        sender.setHost(mail.host());
        sender.setPort(mail.port());
        sender.setUsername(mail.username());
        sender.setPassword(mail.password());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        Properties smtp = sender.getJavaMailProperties();
        String timeout = String.valueOf(mail.timeout().toMillis());
        // Without these a mail server that does not answer is waited for without end.
        smtp.setProperty("mail.smtp.connectiontimeout", timeout);
        smtp.setProperty("mail.smtp.timeout", timeout);
        smtp.setProperty("mail.smtp.writetimeout", timeout);
        smtp.setProperty("mail.smtp.auth", String.valueOf(mail.username() != null));
        smtp.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (mail.protection()) {
            case STARTTLS -> {
                smtp.setProperty("mail.smtp.starttls.enable", "true");
                smtp.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> smtp.setProperty("mail.smtp.ssl.enable", "true");
            case NONE -> smtp.setProperty("mail.smtp.starttls.enable", "false");
        }
    }

    @Override
    public void send(Notification notification) {
        String address = people.mailAddress(notification.recipient())
                .orElseThrow(() -> UndeliveredException.forGood("no e-mail address"));
        try {
            sender.send(message(notification, address));
        } catch (MessagingException e) {
            throw UndeliveredException.forGood(e.getClass().getSimpleName());
        } catch (MailSendException e) {
            throw undelivered(e);
        } catch (MailException e) {
            throw UndeliveredException.forNow(e.getClass().getSimpleName());
        }
    }

    private MimeMessage message(Notification notification, String address) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        message.setFrom(new InternetAddress(mail.from(), true));
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(address, true));
        message.setSubject(notification.subject(), StandardCharsets.UTF_8.name());
        message.setText(notification.body(), StandardCharsets.UTF_8.name());
        message.setHeader("Message-ID", "<" + digest(notification.key()) + "@" + host + ">");
        // So that nobody's "out of office" answers it.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private static UndeliveredException undelivered(MailSendException problem) {
        Throwable root = problem;
        for (Map.Entry<Object, Exception> failed : problem.getFailedMessages().entrySet()) {
            root = failed.getValue();
        }
        if (root instanceof SendFailedException refused
                && refused.getInvalidAddresses() != null
                && refused.getInvalidAddresses().length > 0) {
            return UndeliveredException.forGood("address refused by the mail server");
        }
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return UndeliveredException.forNow(root.getClass().getSimpleName());
    }

    private static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
