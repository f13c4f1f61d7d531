package dev.comuta.provider.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.call.state.EndReason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a call at a gateway did not come about. */
class GatewayCallBodyTest {

    @ParameterizedTest
    @CsvSource({
        "outbound, busy, 486, BUSY",
        "outbound, busy, 603, DECLINED",
        "outbound, no-answer, 487, NO_ANSWER",
        "outbound, canceled, 487, WITHDRAWN",
        "outbound, failed, 404, INVALID_NUMBER",
        "outbound, failed, 0, ERROR",
        "inbound, no-answer, 487, CALLER_HUNG_UP",
        "inbound, canceled, 487, CALLER_HUNG_UP",
        "inbound, canceled, 0, CALLER_HUNG_UP"
    })
    void theReasonIsThatOfTheTelephoneAndNotThatWeStopped(String direction, String status, int sip, EndReason reason) {
        String body = "{\"callSid\":\"CA1\",\"direction\":\"%s\",\"status\":\"%s\",\"sipStatus\":%d}"
                .formatted(direction, status, sip);

        assertEquals(
                reason,
                GatewayCallBody.read(body.getBytes(StandardCharsets.UTF_8))
                        .news()
                        .reason());
    }
}
