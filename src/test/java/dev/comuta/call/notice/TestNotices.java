package dev.comuta.call.notice;

import dev.comuta.channel.TestChannels;
import dev.comuta.client.ClientStore;
import dev.comuta.mail.Mailer;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.Transactions;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Mails about calls without a server. */
public final class TestNotices {

    private TestNotices() {}

    /** Receives mails. */
    public interface Letterbox {
        void receive(List<String> recipients, String subject, String text);
    }

    /** Requests mails. */
    public static CallNotices notices() {
        return new CallNotices(new ClientStore(), new UserStore(), new Tasks());
    }

    /** Sends mails. */
    public static TaskHandler mails(Transactions transactions, Letterbox letterbox) {
        Mailer mailer = (recipients, subject, text) -> {
            letterbox.receive(recipients, subject, text);
            return Uni.createFrom().voidItem();
        };
        return new CallNoticeHandler(
                transactions,
                TestChannels.forSending(transactions, List.of()),
                new ClientStore(),
                new UserStore(),
                mailer);
    }
}
