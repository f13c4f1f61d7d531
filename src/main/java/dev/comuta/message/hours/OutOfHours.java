package dev.comuta.message.hours;

import dev.comuta.channel.BusinessHours;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelDirectory.Attendance;
import dev.comuta.message.OutboundMessages;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.SenderType;
import dev.comuta.message.content.Content;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.SessionListener;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.session.WaitingSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/**
 * Notifies an end user who waits for people outside of business hours, once per session and closed period. The
 * transaction of its caller has locked the session.
 */
@ApplicationScoped
public class OutOfHours implements SessionListener {

    private final SessionStore sessions;
    private final ChannelDirectory channels;
    private final OutboundMessages outbound;
    private final Clock clock;

    OutOfHours(SessionStore sessions, ChannelDirectory channels, OutboundMessages outbound, Clock clock) {
        this.sessions = sessions;
        this.channels = channels;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** Whether the assistant is silent now. The hours are null for a channel that has none. */
    public boolean silencesAssistant(BusinessHours hours) {
        return hours != null && hours.silencesAssistant(clock.instant());
    }

    /** Nobody but a person will answer in this session from now on. */
    @Override
    public Uni<Void> waitsForPeople(Tx tx, SessionRef session) {
        return find(tx, session, false);
    }

    /** A message arrived. Nothing happens while an assistant answers in the session. */
    public Uni<Void> messageArrived(Tx tx, SessionRef session) {
        return find(tx, session, true);
    }

    private Uni<Void> find(Tx tx, SessionRef session, boolean unlessAttended) {
        return sessions.findWaiting(tx, session)
                .chain(waiting -> waiting == null
                        ? Uni.createFrom().voidItem()
                        : channels.getAttendance(tx, waiting.channelId())
                                .chain(attendance -> Unis.when(
                                        isDue(waiting, attendance, unlessAttended),
                                        () -> send(
                                                tx, session, attendance.hours().outOfHoursText()))));
    }

    private boolean isDue(WaitingSession waiting, Attendance attendance, boolean unlessAttended) {
        boolean attended = !waiting.handedOff() && (waiting.assistant() || attendance.assistant());
        if (attendance.hours() == null || (unlessAttended && attended)) {
            return false;
        }
        Instant closedSince = attendance.hours().closedSince(clock.instant());
        return closedSince != null && waiting.isQuietSince(closedSince);
    }

    private Uni<Void> send(Tx tx, SessionRef session, String text) {
        Draft notice = new Draft(session, SenderType.ASSISTANT, new Content.Text(text), null);
        return sessions.noticed(tx, session)
                .chain(() -> outbound.write(tx, notice))
                .replaceWithVoid();
    }
}
