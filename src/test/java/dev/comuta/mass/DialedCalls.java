package dev.comuta.mass;

import dev.comuta.sandbox.CallingClient;
import dev.comuta.sandbox.CallingClient.Carrier;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.VoiceSimulation;
import dev.comuta.sandbox.voice.CallRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The calls of a client, as the rows and the carriers have them. */
final class DialedCalls {

    private static final String UNKNOWN = "desfecho desconhecido";

    private final Sandbox sandbox;
    private final CallingClient client;

    DialedCalls(Sandbox sandbox, CallingClient client) {
        this.sandbox = sandbox;
        this.client = client;
    }

    /**
     * A call.
     *
     * @param truth status and seconds as the carrier has them; of a call in a room, which LiveKit forgets, what was done
     */
    record Dialed(
            Carrier carrier,
            long callId,
            int dials,
            String row,
            String reason,
            String truth,
            long connections,
            long ends) {

        boolean neverDialed() {
            return dials == 0;
        }

        /** Whether a telephone is in no room, LiveKit cannot say afterwards. */
        boolean isDialedOrUnknown() {
            return dials == 1 || (carrier == Carrier.LIVEKIT && UNKNOWN.equals(reason));
        }

        boolean hasTrueEnd() {
            return row.equals(truth);
        }

        boolean recordsOnce() {
            return ends == 1 && connections == (row.startsWith("completed") ? 1 : 0);
        }
    }

    private Object value(String sql) {
        return sandbox.postgres().value(sql, client.clientId());
    }

    long openTasks() {
        return (Long) value("""
                select count(*) from BackgroundTasks
                where ClientID = ? and TaskType = 'ChamadaSaida' and Status in ('Pendente', 'Em Andamento')""");
    }

    long open() {
        return (Long) value("select count(*) from Calls where ClientID = ? and EndTime is null");
    }

    /** How many requests to dial these numbers, one for each carrier, have reached their carriers. */
    int requests(Map<Carrier, String> numbers) {
        return Stream.of(Carrier.values())
                .mapToInt(carrier -> client.dialRequests(carrier, numbers.get(carrier)))
                .sum();
    }

    /** How many of these numbers were dialled by a call that does not know it. */
    int uncommitted(Map<Carrier, String> numbers) {
        return Math.toIntExact(Stream.of(Carrier.values())
                .filter(carrier -> client.dials(carrier, numbers.get(carrier)) > 0)
                .filter(carrier ->
                        sandbox.postgres().value("""
                                select count(*) from BackgroundTasks t
                                join Calls c on c.CallID = (t.RequestData ->> 'callId')::bigint
                                where t.TaskType = 'ChamadaSaida' and t.Status = 'Em Andamento' and c.ToNumber = ?""", numbers.get(carrier)).equals(1L))
                .count());
    }

    /** The people whom LiveKit called hang up. */
    void hangUpInRooms() {
        for (Map<String, Object> row :
                sandbox.postgres().query("""
                select CallID from Calls where ClientID = ? and ChannelID = ? and EndTime is null""", client.clientId(), client.channelId(Carrier.LIVEKIT))) {
            String callId = row.values().iterator().next().toString();
            String room = "comuta-c" + client.clientId() + "-call-" + callId;
            sandbox.providers().liveKit().hangUp(client.liveKitKey(), room, callId);
        }
    }

    List<Dialed> made() {
        return sandbox.postgres().query("""
                        select c.CallID as call_id, c.ChannelID as channel, c.ToNumber as number, c.ProviderCallID as sid,
                            c.CallStatus as status, coalesce(c.Seconds, 0) as seconds, c.EndReason as reason,
                            (select count(*) from Events e where e.ClientID = c.ClientID and e.SessionID = c.SessionID
                                and e.EventType = 'ChamadaConectada') as connections,
                            (select count(*) from Events e where e.ClientID = c.ClientID and e.SessionID = c.SessionID
                                and e.EventType = 'ChamadaEncerrada') as ends
                        from Calls c where c.ClientID = ? order by c.CallID""", client.clientId()).stream()
                .map(this::dialed)
                .toList();
    }

    private Dialed dialed(Map<String, Object> row) {
        Carrier carrier = Stream.of(Carrier.values())
                .filter(one -> row.get("channel").equals(client.channelId(one)))
                .findFirst()
                .orElseThrow();
        int dials = client.dials(carrier, (String) row.get("number"));
        String status = ((String) row.get("status")).toLowerCase(Locale.ROOT).replace(' ', '-');
        return new Dialed(
                carrier,
                (Long) row.get("call_id"),
                dials,
                status + " " + row.get("seconds"),
                (String) row.get("reason"),
                truth(carrier, (String) row.get("sid"), dials),
                (Long) row.get("connections"),
                (Long) row.get("ends"));
    }

    private String truth(Carrier carrier, String sid, int dials) {
        VoiceSimulation voice = sandbox.providers().voice();
        List<CallRecord> known =
                switch (carrier) {
                    case GATEWAY -> voice.gateway().calls();
                    case TWILIO -> voice.twilio().calls();
                    case LIVEKIT -> List.of();
                };
        return carrier == Carrier.LIVEKIT
                ? dials == 0 ? "no-answer 0" : "completed 0"
                : known.stream()
                        .filter(call -> Objects.equals(call.sid(), sid))
                        .map(call -> call.status() + " " + call.seconds())
                        .findFirst()
                        .orElse("no call");
    }
}
