package dev.comuta.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.pace.Throttled;
import dev.comuta.message.rule.RefusedMessage;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioErrorsTest {

    @ParameterizedTest
    @ValueSource(ints = {21211, 21610, 21617})
    void treatsCodesAsPermanentAndHidesTwiliosMessage(int code) {
        ApiException error = new ApiException("To +5511987654321 is wrong", code, null, 400, null, null, null, null);

        RefusedMessage failure = assertInstanceOf(RefusedMessage.class, TwilioErrors.of(error));
        assertEquals(DeliveryReport.ofError(code, TwilioErrors.remedy(code)), failure.report());
        assertEquals("Twilio refused with code " + code, failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {20003, 63007})
    void reportsAChannelThatCannotSend(int code) {
        ApiException error = new ApiException("no", code, null, 401, null, null, null, null);

        assertTrue(((RefusedMessage) TwilioErrors.of(error)).report().concernsChannel());
        assertInstanceOf(PermanentFailure.class, TwilioErrors.ofLookUp(TwilioErrors.of(error)));
    }

    @Test
    void treatsAMissingOrUnknownAnswerAsTransient() {
        assertInstanceOf(TransientFailure.class, TwilioErrors.of(new ApiConnectionException("reset")));
        assertInstanceOf(TransientFailure.class, TwilioErrors.of(new ApiException("not JSON")));
    }

    @Test
    void treatsThrottlingAndServerErrorsAsTransient() {
        assertTrue(TwilioErrors.isTransient(429) && TwilioErrors.isTransient(500) && TwilioErrors.isTransient(503));
        assertFalse(TwilioErrors.isTransient(400) || TwilioErrors.isTransient(404) || TwilioErrors.isTransient(201));
        assertInstanceOf(TransientFailure.class, TwilioErrors.busy(503, null));
    }

    @Test
    void reportsMessagesThatCameTooFast() {
        Throttled busy = assertInstanceOf(Throttled.class, TwilioErrors.busy(429, Duration.ofSeconds(2)));
        assertEquals(Duration.ofSeconds(2), busy.retryAfter().orElseThrow());
        assertSame(busy, TwilioErrors.of(busy));
        assertInstanceOf(TransientFailure.class, TwilioErrors.ofLookUp(busy));
        ApiException channelLimit = new ApiException("limit", 63018, null, 400, null, null, null, null);
        assertInstanceOf(Throttled.class, TwilioErrors.of(channelLimit));
    }

    @Test
    void namesTheEndOfTheWindow() {
        Throwable failure = TwilioErrors.of(new ApiException("outside", 63016, null, 400, null, null, null, null));

        RefusedMessage refusal = assertInstanceOf(RefusedMessage.class, failure);
        assertEquals(SendingRules.WINDOW_ENDED, refusal.getMessage());
        assertEquals("template", refusal.report().remedy());
    }
}
