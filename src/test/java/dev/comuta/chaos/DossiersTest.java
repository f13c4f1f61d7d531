package dev.comuta.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.chaos.ChaosPlan.Damage;
import dev.comuta.chaos.Delivery.Route;
import dev.comuta.chaos.Evidence.Attempt;
import dev.comuta.chaos.Evidence.End;
import dev.comuta.chaos.Evidence.Inbound;
import dev.comuta.chaos.Evidence.Outbound;
import dev.comuta.chaos.Evidence.Received;
import dev.comuta.chaos.Evidence.Task;
import dev.comuta.chaos.Journal.Entry;
import dev.comuta.sandbox.Fault.Mode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dossier describes the history of a message in the order of time, with the outages around it. */
class DossiersTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void describesAMessageWithItsAnswer() {
        Delivery delivery = new Delivery(0, Route.META, "+5511976000002", "wamid.1");
        Entry entry = new Entry(delivery, SECOND, 2 * SECOND);
        Evidence evidence = new Evidence(
                List.of(new Inbound(10, "wamid.1", 1, "+5511976000002", 7L)),
                List.of(new Outbound(11, 1, "Incerta", 7L, "Meta", at(3))),
                List.of(),
                List.of(new Task(8, "EnvioMensagem", "Concluída", 11L, 2, null)),
                List.of(),
                List.of(new Received(11, at(5), false, Mode.SLOW)),
                List.of(
                        new Attempt(8, 11, 1, "first", "a", at(4), at(29), null, End.LOST, null),
                        new Attempt(8, 11, 2, "second", "b", at(30), at(55), at(31), End.DONE, null)));
        List<Outage> outages =
                List.of(new Outage(Damage.KILL_FIRST, at(8), at(14)), new Outage(Damage.STOP_BROKER, at(90), at(150)));
        Times times = new Times(Instant.EPOCH, 0);
        Causes causes = new Causes(evidence, outages, times);

        assertEquals("""
                Inbound[messageId=10, providerId=wamid.1, sessionId=1, contact=+5511976000002, turnTaskId=7]
                       1.000 s  first sent by META
                       2.000 s  first accepted
                message 11 to Meta, 'Incerta', session 1, 1 times at the provider; \
                cause: first was killed at 8.000 s, between call (5.000 s) and commit
                  Task[taskId=8, type=EnvioMensagem, status=Concluída, messageId=11, attempts=2, lastError=null]
                       3.000 s  written by turn 7
                       4.000 s  attempt 1 by first claims task 8, lease a until 29.000 s
                       5.000 s  request at the provider: accepted, SLOW
                       8.000 s  KILL_FIRST until 14.000 s
                      29.000 s  attempt 1 by first has stored no end, \
                because first was killed at 8.000 s, between call (5.000 s) and commit
                      30.000 s  attempt 2 by second claims task 8, lease b until 55.000 s
                      31.000 s  attempt 2 by second ends: DONE null
                """, new Dossiers(List.of(entry), evidence, causes, outages, times).of(10));
    }

    private static Instant at(long second) {
        return Instant.EPOCH.plusSeconds(second);
    }
}
