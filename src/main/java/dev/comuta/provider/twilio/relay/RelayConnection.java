package dev.comuta.provider.twilio.relay;

import dev.comuta.call.talk.Talk;
import dev.comuta.call.talk.Talks;
import dev.comuta.call.talk.Talks.Said;
import dev.comuta.provider.twilio.relay.Command.Close;
import dev.comuta.provider.twilio.relay.Command.End;
import dev.comuta.provider.twilio.relay.Command.Hear;
import dev.comuta.provider.twilio.relay.Command.Interrupted;
import dev.comuta.provider.twilio.relay.Command.Say;
import dev.comuta.provider.twilio.relay.Frames.NotAFrame;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** One WebSocket of Twilio, which carries a talk. Used on the holder's context, except for its network. */
final class RelayConnection {

    private static final Logger LOG = Logger.getLogger(RelayConnection.class);

    /** Twilio closes a connection after our end; if it does not, we do. */
    private static final long CLOSE_AFTER_END = 3_000;

    /** Keeps the server and proxies from closing a connection on which only we speak. */
    private static final long PING_EVERY = 20_000;

    private static final short POLICY_VIOLATED = 1008;
    private static final short NOT_SUPPORTED = 1003;

    private final ServerWebSocket socket;
    private final Context network;
    private final Talk talk;
    private final String accountSid;
    private final Talks talks;
    private final RelayConfig config;
    private final RelayMetrics metrics;
    private final Clock clock;
    private final Writes writes;
    private final List<Said> early = new ArrayList<>();
    private final long opened;
    private Conversation conversation;
    private String session;
    private int heard;
    private long waitingSince;
    private long pinged;
    private long closeAt = Long.MAX_VALUE;
    private int unreadable;
    private boolean paused;
    private boolean closed;

    /** @param network the context of the socket */
    RelayConnection(
            ServerWebSocket socket,
            Context network,
            Context context,
            Talk talk,
            String accountSid,
            Talks talks,
            RelayConfig config,
            RelayMetrics metrics,
            Clock clock) {
        this.socket = socket;
        this.network = network;
        this.talk = talk;
        this.accountSid = accountSid;
        this.talks = talks;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.opened = clock.millis();
        this.pinged = opened;
        this.writes = new Writes(context, clock, config.storeLimit(), this::balance);
    }

    Talk talk() {
        return talk;
    }

    /** A text frame arrived. */
    void receive(String text) {
        if (closed) {
            return;
        }
        try {
            Frame frame = Frames.read(text);
            metrics.frame(frame);
            receive(frame, clock.millis());
        } catch (NotAFrame rubbish) {
            metrics.unreadable();
            unreadable++;
            if (unreadable >= config.unreadable()) {
                refuse(POLICY_VIOLATED, "too many unreadable frames");
            }
        }
    }

    /** A frame that is not text arrived. */
    void receiveBinary() {
        refuse(NOT_SUPPORTED, "a binary frame");
    }

    private void receive(Frame frame, long now) {
        if (frame instanceof Frame.Setup setup) {
            begin(setup, now);
        } else if (conversation == null) {
            refuse(POLICY_VIOLATED, "a frame before setup");
        } else {
            switch (frame) {
                case Frame.Prompt prompt -> run(conversation.prompt(prompt, now));
                case Frame.Interrupt interrupt -> run(conversation.interrupt(interrupt, now));
                case Frame.Dtmf key -> run(conversation.key(now));
                case Frame.Refusal error ->
                    LOG.warnf("call %d: Twilio refused a frame", talk.call().callId());
                case Frame.Setup setup -> throw new IllegalStateException("read before");
                case Frame.News info -> {}
                case Frame.Unknown unknown -> {}
            }
        }
    }

    private void begin(Frame.Setup setup, long now) {
        if (conversation != null
                || setup.sessionId() == null
                || !talk.providerCallId().equals(setup.callSid())
                || !accountSid.equals(setup.accountSid())) {
            refuse(POLICY_VIOLATED, "a setup of another call, or a second one");
            return;
        }
        session = setup.sessionId();
        conversation = new Conversation(talk, now);
        writes.add(() -> talks.begun(talk), () -> {});
        run(conversation.begin(now));
        early.forEach(turn -> run(conversation.turn(turn, now)));
    }

    /** The answer of a poll. */
    void turn(Said turn) {
        if (conversation == null) {
            early.add(turn);
            return;
        }
        if (!turn.lines().isEmpty() && waitingSince > 0) {
            metrics.answered(Duration.ofMillis(clock.millis() - waitingSince));
            waitingSince = 0;
        }
        run(conversation.turn(turn, clock.millis()));
    }

    /** The talk is not this process's any more. */
    void gone() {
        run(conversation == null ? List.of(new Close()) : conversation.gone());
    }

    /** The process stops. */
    void drain() {
        run(conversation == null ? List.of(new Close()) : conversation.drain());
    }

    void tick(long now) {
        if (now >= closeAt
                || (conversation == null && now - opened >= config.setupLimit().toMillis())) {
            close();
        } else if (conversation != null) {
            run(conversation.tick(now));
        }
        if (!closed && now - pinged >= PING_EVERY) {
            pinged = now;
            socket.writePing(Buffer.buffer());
        }
    }

    private void run(List<Command> commands) {
        for (Command command : commands) {
            switch (command) {
                case Say say -> send(Frames.write(say));
                case Hear words -> hear(words);
                case Interrupted cut ->
                    writes.add(() -> talks.interrupted(talk, cut.messageId(), cut.heard()), () -> {});
                case End end -> end(end);
                case Close close -> close();
            }
        }
    }

    private void hear(Hear words) {
        heard++;
        String id = session + ":" + heard;
        waitingSince = clock.millis();
        writes.add(() -> talks.hear(talk, id, words.text()), this::notHeard);
    }

    private void notHeard() {
        LOG.warnf("call %d: the caller's words were not stored", talk.call().callId());
        run(conversation.notHeard(clock.millis()));
    }

    private void end(End end) {
        send(Frames.write(end));
        closeAt = clock.millis() + CLOSE_AFTER_END;
    }

    private void send(String frame) {
        if (!closed) {
            socket.writeTextMessage(frame);
        }
    }

    /** Reads no more while too much waits to be stored. */
    private void balance() {
        boolean full = writes.size() >= config.waiting();
        if (full != paused) {
            paused = full;
            network.runOnContext(v -> {
                if (full) {
                    socket.pause();
                } else {
                    socket.resume();
                }
            });
        }
    }

    private void refuse(short code, String why) {
        LOG.infof("call %d: the connection is closed: %s", talk.call().callId(), why);
        if (!closed) {
            closed = true;
            socket.close(code);
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            socket.close();
        }
    }

    /** The socket is closed. What was heard is still stored. */
    void ended() {
        closed = true;
        writes.add(() -> talks.close(talk), () -> {});
    }
}
