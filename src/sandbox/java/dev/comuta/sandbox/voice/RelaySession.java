package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Json;
import dev.comuta.sandbox.voice.relay.RelayCommands;
import dev.comuta.sandbox.voice.relay.RelayEnd;
import dev.comuta.sandbox.voice.relay.RelayRefusal;
import dev.comuta.sandbox.voice.relay.RelaySettings;
import dev.comuta.sandbox.voice.relay.RelaySocket;
import dev.comuta.sandbox.voice.relay.RelaySpeech;
import java.util.LinkedHashMap;
import java.util.Map;

/** The assistant of the server and the phone speak over one socket, until one of them ends it. */
final class RelaySession {

    private static final String SPEECH = "speech";
    private static final String DIGITS = "dtmf";

    private final Call call;
    private final RelaySettings settings;
    private final RelaySocket socket;
    private final RelaySpeech speech;
    private final RelayCommands commands;
    private boolean wasSpeaking;
    private int interruptions;

    /** @param socket open already */
    RelaySession(Call call, RelaySettings settings, RelaySocket socket) {
        this.call = call;
        this.settings = settings;
        this.socket = socket;
        this.speech = new RelaySpeech(call::real, this::heard);
        this.commands = new RelayCommands(settings, speech, this::heard);
    }

    /** Speaks until the end of the session. */
    RelayEnd run() {
        PhoneLeg phone = call.phone();
        phone.converse(settings.detectsDigits() ? "relay speech digits" : "relay speech", speech::speaking);
        try {
            if (settings.greeting().isEmpty()) {
                phone.takeTurn();
            } else {
                speech.text(settings.greeting(), true, settings.greetingInterruptible(), false);
            }
            while (true) {
                RelayEnd end = step();
                if (end != null) {
                    return end;
                }
                call.awaitReal(speech.untilChange(), () -> isDue() ? Boolean.TRUE : null);
            }
        } catch (RelayRefusal refused) {
            send("error", "description", refused.getMessage());
            return refused.end();
        } finally {
            phone.askNothing();
            speech.stop();
            socket.close();
        }
    }

    private boolean isDue() {
        return socket.hasNext() || !socket.isOpen() || call.phone().hasInput();
    }

    private RelayEnd step() {
        boolean isClosed = !socket.isOpen();
        speech.advance();
        for (String frame = socket.next(); frame != null; frame = socket.next()) {
            RelayEnd end = commands.follow(frame);
            if (end != null) {
                return end;
            }
        }
        if (isClosed) {
            return RelayEnd.failed(RelayEnd.DROPPED, "The WebSocket connection was closed");
        }
        reportSpeaking();
        Reply next = call.phone().upcoming();
        if (next != null) {
            enter(next);
            reportSpeaking();
        }
        if (speech.takeFinished()) {
            call.phone().takeTurn();
        }
        return null;
    }

    /** A text or sound of the assistant is over; a caller who hung up hears nothing more. */
    private void heard(String kind, String text) {
        if (call.phone().state() != PhoneLeg.State.ENDED) {
            call.phone().hear(kind, text);
            if (kind.equals("relay") && settings.wants("tokens-played")) {
                info("tokensPlayed", text);
            }
        }
    }

    private void reportSpeaking() {
        boolean isSpeaking = speech.isSpeaking();
        if (isSpeaking != wasSpeaking && settings.wants("speaker-events")) {
            info("agentSpeaking", isSpeaking ? "on" : "off");
        }
        wasSpeaking = isSpeaking;
    }

    /** The assistant falls silent before the person goes on. */
    private void enter(Reply reply) {
        boolean isReported =
                switch (reply.kind()) {
                    case SPEECH -> isReported(SPEECH);
                    case DIGITS -> settings.detectsDigits() && isReported(DIGITS);
                    case SILENCE, MESSAGE, MESSAGE_AND_HANG_UP -> false;
                };
        call.phone().input(one -> true);
        if (isReported && reply.kind() == Reply.Kind.SPEECH) {
            prompt(reply.text());
        } else if (isReported) {
            reply.text().chars().forEach(key -> send("dtmf", "digit", Character.toString(key)));
        }
    }

    /** Interrupts the assistant when it may be interrupted; false for an input that is lost. */
    private boolean isReported(String input) {
        if (!speech.isSpeaking()) {
            return true;
        }
        RelaySpeech.Interruption stopped = speech.interrupt(input);
        if (stopped == null) {
            return settings.reportsDuringSpeech(input);
        }
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "interrupt");
        frame.put("utteranceUntilInterrupt", stopped.text());
        long time = stopped.milliseconds();
        frame.put("durationUntilInterruptMs", interruptions++ % 2 == 0 ? (Object) time : Long.toString(time));
        socket.send(Json.write(frame));
        return true;
    }

    private void prompt(String words) {
        if (settings.wants("speaker-events")) {
            info("clientSpeaking", "on");
            info("clientSpeaking", "off");
        }
        int middle = words.indexOf(' ', words.length() / 2) + 1;
        if (settings.partialPrompts() && middle > 0) {
            prompt(words.substring(0, middle), false);
            prompt(words.substring(middle), true);
        } else {
            prompt(words, true);
        }
    }

    private void prompt(String words, boolean last) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "prompt");
        frame.put("voicePrompt", words);
        frame.put("lang", commands.language());
        frame.put("last", last);
        if (speech.isSpeaking()) {
            frame.put("agentSpeaking", true);
        }
        socket.send(Json.write(frame));
    }

    private void info(String name, String value) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "info");
        frame.put("name", name);
        frame.put("value", value);
        frame.put("ts", System.currentTimeMillis());
        socket.send(Json.write(frame));
    }

    private void send(String type, String field, String value) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", type);
        frame.put(field, value);
        socket.send(Json.write(frame));
    }
}
