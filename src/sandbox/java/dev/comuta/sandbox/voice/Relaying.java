package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Secrets;
import dev.comuta.sandbox.voice.relay.RelayEnd;
import dev.comuta.sandbox.voice.relay.RelayLine;
import dev.comuta.sandbox.voice.relay.RelayRefusal;
import dev.comuta.sandbox.voice.relay.RelaySettings;
import dev.comuta.sandbox.voice.relay.RelaySocket;
import dev.comuta.sandbox.voice.relay.Relays;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Connect with a ConversationRelay: the phone speaks with the assistant of the server, over a socket. */
final class Relaying {

    private static final int UNKNOWN = 12_200;

    private final Switchboard switchboard;
    private final Call call;
    private final Relays relays;

    Relaying(Switchboard switchboard, Call call, Relays relays) {
        this.switchboard = switchboard;
        this.call = call;
        this.relays = relays;
    }

    Next perform(Verb connect, Document document) {
        Verb noun = connect.nested().stream()
                .filter(one -> one.name().equals("ConversationRelay"))
                .findFirst()
                .orElse(null);
        if (noun == null) {
            call.carrier().error(call.sid(), UNKNOWN, "Connect without ConversationRelay");
            return Next.VERB;
        }
        RelaySettings settings = settings(noun);
        settings.unknown()
                .forEach(name -> call.carrier().error(call.sid(), UNKNOWN, "ConversationRelay: unknown " + name));
        RelayLine line = line(settings);
        switchboard.answer(call);
        Instant since = Instant.now();
        String sessionId = Secrets.sid("VX");
        try {
            settings.check();
            RelaySocket socket = relays.open(line, settings.url(), base(document), call::wake);
            sessionId = socket.sessionId();
            RelayEnd end = socket.status() == RelaySocket.SWITCHED
                    ? new RelaySession(call, settings, socket).run()
                    : RelayEnd.failed(RelayEnd.UNREACHABLE, "Unable to connect to " + settings.url());
            return report(connect, document, end, sessionId, since);
        } catch (RelayRefusal refused) {
            return report(connect, document, refused.end(), sessionId, since);
        } catch (Call.Ended hungUp) {
            Next next = report(connect, document, RelayEnd.completed(), sessionId, since);
            if (next.fetch() != null) {
                switchboard.report(call, next.fetch());
            }
            throw hungUp;
        }
    }

    private static URI base(Document document) {
        return document.base().isEmpty() ? null : URI.create(document.base());
    }

    private static RelaySettings settings(Verb noun) {
        Map<String, String> parameters = new LinkedHashMap<>();
        noun.nested().stream()
                .filter(one -> one.name().equals("Parameter"))
                .forEach(one -> parameters.put(one.attribute("name"), one.attribute("value")));
        List<Map<String, String>> languages = noun.nested().stream()
                .filter(one -> one.name().equals("Language"))
                .map(Verb::attributes)
                .toList();
        return new RelaySettings(noun.attributes(), languages, parameters);
    }

    private RelayLine line(RelaySettings settings) {
        CallFacts facts = call.facts();
        return new RelayLine(
                facts.accountSid(),
                facts.sid(),
                facts.parentSid() == null ? "" : facts.parentSid(),
                facts.from(),
                facts.to(),
                call.setting("ForwardedFrom"),
                call.setting("CallerName"),
                facts.direction(),
                call.status().word().toUpperCase(Locale.ROOT),
                settings.parameters());
    }

    /** Without an action the call ends. */
    private Next report(Verb connect, Document document, RelayEnd end, String sessionId, Instant since) {
        if (end.code() != 0) {
            call.carrier().error(call.sid(), end.code(), end.message());
        }
        long seconds = switchboard.pace().seconds(since, Instant.now());
        Next next = CallFlow.action(connect, document, end.fields(sessionId, seconds));
        return next.fetch() == null ? Next.END : next;
    }
}
