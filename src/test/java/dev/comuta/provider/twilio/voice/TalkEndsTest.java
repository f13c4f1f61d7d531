package dev.comuta.provider.twilio.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.call.plan.TalkEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TalkEndsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ended     | {\"reason\":\"handoff\"} | 0     | in-progress | HANDED_OVER",
                "ended     | {\"reason\":\"limit\"}   | 0     | in-progress | HANDED_OVER",
                "ended     | {\"reason\":\"bye\"}     | 0     | in-progress | GOODBYE",
                "ended     | {\"reason\":\"drain\"}   | 0     | in-progress | DRAINED",
                "ended     | {\"reason\":7}           | 0     | in-progress | HANDED_OVER",
                "ended     | no json                  | 0     | in-progress | HANDED_OVER",
                "ended     |                          | 0     | in-progress | HANDED_OVER",
                "completed |                          | 0     | completed   | HUNG_UP",
                "completed |                          | 0     | in-progress | HUNG_UP",
                "failed    |                          | 64105 | in-progress | DROPPED",
                "failed    |                          | 64105 | completed   | HUNG_UP",
                "failed    |                          | 64102 | in-progress | UNUSABLE",
                "failed    |                          | 64101 | in-progress | UNUSABLE",
                "failed    |                          | 64106 | in-progress | UNUSABLE",
                "failed    |                          | 64107 | in-progress | UNUSABLE",
                "          |                          | 0     |             | UNUSABLE"
            })
    void eachEndIsKnown(String status, String handoff, int error, String callStatus, TalkEnd expected) {
        assertEquals(expected, TalkEnds.of(status, handoff, error, callStatus));
    }
}
