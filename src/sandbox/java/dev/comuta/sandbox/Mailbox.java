package dev.comuta.sandbox;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An SMTP server that stores every mail and forwards none. */
public final class Mailbox implements AutoCloseable {

    private final GreenMail smtp;

    private Mailbox(GreenMail smtp) {
        this.smtp = smtp;
    }

    /** A received mail; body is its first text part. */
    public record Mail(String from, List<String> to, String subject, String body) {}

    /** Listens on a port of 127.0.0.1; 0 for a free one. */
    public static Mailbox launch(int port) {
        return launch("127.0.0.1", port);
    }

    static Mailbox launch(String host, int port) {
        GreenMail smtp = new GreenMail(new ServerSetup(port, host, ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        return new Mailbox(smtp);
    }

    public int port() {
        return smtp.getSmtp().getPort();
    }

    /** All mails in the order received. */
    public List<Mail> mails() {
        return Arrays.stream(smtp.getReceivedMessages()).map(Mailbox::read).toList();
    }

    /** Deletes all mails. */
    public void clear() {
        try {
            smtp.purgeEmailFromAllMailboxes();
        } catch (com.icegreen.greenmail.store.FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        smtp.stop();
    }

    private static Mail read(MimeMessage message) {
        try {
            return new Mail(
                    addresses(message.getFrom()).stream().findFirst().orElse(""),
                    addresses(message.getAllRecipients()),
                    message.getSubject(),
                    text(message));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(jakarta.mail.Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof jakarta.mail.Multipart several && several.getCount() > 0) {
            return text(several.getBodyPart(0));
        }
        return content instanceof String text ? text : GreenMailUtil.getBody(part);
    }

    private static List<String> addresses(Address[] addresses) {
        return addresses == null
                ? List.of()
                : Stream.of(addresses).map(Address::toString).toList();
    }
}
