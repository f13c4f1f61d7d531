package dev.comuta.journey;

import dev.comuta.sandbox.CallingClient;
import dev.comuta.sandbox.CallingClient.Carrier;
import dev.comuta.sandbox.VoiceSimulation;
import dev.comuta.sandbox.voice.CallRecord;
import dev.comuta.sandbox.voice.SentWebhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls of a client as its gateway and Twilio know them, compared with the rows. */
final class Truth {

    private static final int DECLINED = 603;

    private final Comuta comuta;
    private final CallingClient client;

    Truth(Comuta comuta, CallingClient client) {
        this.comuta = comuta;
        this.client = client;
    }

    /** The calls without the telephones that were dialled for them. */
    private List<CallRecord> calls() {
        VoiceSimulation voice = comuta.sandbox().providers().voice();
        Set<String> own = Set.of(client.number(Carrier.GATEWAY), client.number(Carrier.TWILIO));
        return Stream.concat(voice.gateway().calls().stream(), voice.twilio().calls().stream())
                .filter(call -> call.parentSid() == null && (own.contains(call.from()) || own.contains(call.to())))
                .toList();
    }

    /** How many calls are over. */
    long ended() {
        return calls().stream().filter(CallRecord::isOver).count();
    }

    /** How many statuses never arrived. */
    long lost() {
        return webhooks().filter(SentWebhook::dropped).count();
    }

    /** The calls whose rows differ in status, duration or reason, and those without a row. */
    List<String> differences() {
        Map<String, String> rows = comuta.column("""
                        select concat_ws('|', ProviderCallID, CallStatus, coalesce(Seconds, 0), coalesce(EndReason, '-'))
                        from Calls where ClientID = ?""", client.clientId()).stream()
                .map(String::valueOf)
                .collect(Collectors.toMap(row -> row.split("\\|", -1)[0], row -> row));
        List<String> differences = new ArrayList<>();
        for (CallRecord call : calls()) {
            List<String> expected = reasons(call).stream()
                    .map(reason -> "%s|%s|%d|%s".formatted(call.sid(), call.status(), call.seconds(), reason))
                    .toList();
            String row = rows.get(call.sid());
            if (row == null && !isReported(call)) {
                continue;
            }
            if (row == null || expected.stream().noneMatch(inOurWords(row)::equals)) {
                differences.add(expected + " but " + row);
            }
        }
        return differences;
    }

    /** Whether anything about a call was sent and not lost. */
    private boolean isReported(CallRecord call) {
        return webhooks().anyMatch(sent -> sent.callSid().equals(call.sid()) && !sent.dropped());
    }

    private Stream<SentWebhook> webhooks() {
        VoiceSimulation voice = comuta.sandbox().providers().voice();
        return Stream.concat(voice.gateway().webhooks().stream(), voice.twilio().webhooks().stream());
    }

    private static String inOurWords(String row) {
        String[] fields = row.split("\\|", -1);
        fields[1] = fields[1].toLowerCase(Locale.ROOT).replace(' ', '-');
        return String.join("|", fields);
    }

    /** Twilio's resource of a call has no SIP status: when the report was lost, declined is busy, and why it failed unknown. */
    private List<String> reasons(CallRecord call) {
        boolean inbound = call.direction().equals("inbound");
        boolean atTwilio = call.sid().startsWith("CA");
        return switch (call.status()) {
            case "busy" ->
                call.sipCode() != DECLINED
                        ? List.of("ocupado")
                        : atTwilio ? List.of("recusada", "ocupado") : List.of("recusada");
            case "no-answer" -> List.of(inbound ? "desistência" : "sem resposta");
            case "failed" -> atTwilio ? List.of("número inválido", "erro") : List.of("número inválido");
            case "canceled" -> List.of(inbound ? "desistência" : "cancelada");
            default -> List.of("-");
        };
    }

    /** The calls that did not record their connection and their end once. */
    List<Object> wrongEvents() {
        return comuta.column("""
                select concat_ws(' ', x.CallID, x.CallStatus, x.connections, x.ends) from (
                    select c.CallID, c.CallStatus, c.Connected,
                        (select count(*) from Events e where e.ClientID = c.ClientID and e.SessionID = c.SessionID
                            and e.EventType = 'ChamadaConectada') as connections,
                        (select count(*) from Events e where e.ClientID = c.ClientID and e.SessionID = c.SessionID
                            and e.EventType = 'ChamadaEncerrada') as ends
                    from Calls c where c.ClientID = ?) x
                where x.ends <> 1 or x.connections <> case when x.Connected then 1 else 0 end""", client.clientId());
    }
}
