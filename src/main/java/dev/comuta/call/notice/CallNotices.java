package dev.comuta.call.notice;

import dev.comuta.call.CallRef;
import dev.comuta.client.ClientStore;
import dev.comuta.people.UserStore;
import dev.comuta.people.UserStore.UserRef;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Requests a mail to each person who should know about a call: the broker of its session, or the administrators when it
 * has no broker with an address. Those who want no mails about hand-overs get none.
 */
@ApplicationScoped
public class CallNotices {

    static final String CALL_ID = "callId";
    static final String CHANNEL_ID = "channelId";
    static final String USER_ID = "userId";
    static final String NOTICE = "aviso";

    private final ClientStore clients;
    private final UserStore users;
    private final Tasks tasks;

    CallNotices(ClientStore clients, UserStore users, Tasks tasks) {
        this.clients = clients;
        this.users = users;
        this.tasks = tasks;
    }

    /**
     * A call about which people get a mail.
     *
     * @param broker of its session; null for none
     */
    public record Subject(CallRef call, long sessionId, long channelId, Long broker) {}

    /** Requests the mails of one notice about a call. */
    public Uni<Void> request(Tx tx, Subject about, CallNotice notice) {
        return clients.mailsHandOvers(tx, about.call().clientId())
                .chain(wanted -> Unis.when(wanted, () -> requestAll(tx, about, notice)));
    }

    private Uni<Void> requestAll(Tx tx, Subject about, CallNotice notice) {
        return users.findHandOverRecipients(tx, about.call().clientId(), about.broker())
                .chain(all -> InOrder.each(all, user -> tasks.request(tx, mail(about, notice, user))));
    }

    private static NewTask mail(Subject about, CallNotice notice, UserRef user) {
        long callId = about.call().callId();
        return NewTask.of(CallNoticeTasks.MAIL)
                .client(about.call().clientId())
                .session(about.sessionId())
                .data(new JsonObject()
                        .put(CALL_ID, callId)
                        .put(CHANNEL_ID, about.channelId())
                        .put(USER_ID, user.userId())
                        .put(NOTICE, notice.stored()))
                .dedupeKey("aviso-chamada:" + notice.stored() + ":" + callId + ":" + user.userId());
    }
}
