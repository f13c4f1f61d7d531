package dev.comuta.journey;

import dev.comuta.sandbox.CallingClient;
import dev.comuta.sandbox.CallingClient.Carrier;
import dev.comuta.sandbox.StandardWebhook;
import dev.comuta.sandbox.TwilioSignature;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The statuses that carriers report about calls of a client, signed.
 *
 * @param publicUrl the address that the server has for carriers
 */
record CarrierNews(CallingClient client, URI publicUrl) {

    static final int SECONDS = 42;

    private static final String STATUS_PATH = "/webhooks/twilio/voice/status";

    /**
     * A call at a carrier.
     *
     * @param callId our id of a call of the company; null for an incoming one
     */
    record ReportedCall(Carrier carrier, Long callId, String sid, String person) {

        static ReportedCall incoming(Carrier carrier, String person) {
            return new ReportedCall(carrier, null, "CA-" + UUID.randomUUID(), person);
        }

        /** A call of the company that no carrier was asked to make. */
        static ReportedCall outgoing(Comuta comuta, CallingClient client, Carrier carrier, String person) {
            Object callId =
                    comuta.value("""
                    insert into Calls (SessionID, CallDirection, CallStatus, ToNumber, FromNumber)
                    values (comuta_open_call_session(?, ?, null, null, null), 'Outbound', 'Initiated', ?, ?)
                    returning CallID""", client.clientId(), client.channelId(carrier), person, client.number(carrier));
            return new ReportedCall(carrier, (Long) callId, "CA-" + UUID.randomUUID(), person);
        }

        boolean isOutbound() {
            return callId != null;
        }
    }

    /** A status in the words of the carrier. */
    SignedDelivery of(ReportedCall call, String word) {
        return call.carrier() == Carrier.GATEWAY ? gateway(call, word) : twilio(call, word);
    }

    private static int sipStatus(String word) {
        return switch (word) {
            case "busy" -> 486;
            case "no-answer", "canceled" -> 487;
            case "failed" -> 404;
            default -> 200;
        };
    }

    private SignedDelivery gateway(ReportedCall call, String word) {
        String own = client.number(Carrier.GATEWAY);
        JsonObject body = new JsonObject()
                .put("callSid", call.sid())
                .put("from", call.isOutbound() ? own : call.person())
                .put("to", call.isOutbound() ? call.person() : own)
                .put("direction", call.isOutbound() ? "outbound" : "inbound")
                .put("status", word)
                .put("sipStatus", sipStatus(word));
        if (call.isOutbound()) {
            body.put("callId", Long.toString(call.callId()));
        }
        if (word.equals("completed")) {
            body.put("duration", SECONDS);
        }
        String id = "msg_" + UUID.randomUUID();
        return new SignedDelivery(
                "/webhooks/voice", body.encode(), StandardWebhook.headers(client.webhookSecret(), id, body.encode()));
    }

    private SignedDelivery twilio(ReportedCall call, String word) {
        String own = client.number(Carrier.TWILIO);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", call.sid());
        form.put("AccountSid", client.accountSid());
        form.put("From", call.isOutbound() ? own : call.person());
        form.put("To", call.isOutbound() ? call.person() : own);
        form.put("Direction", call.isOutbound() ? "outbound-api" : "inbound");
        form.put("CallStatus", word);
        form.put("SipResponseCode", Integer.toString(sipStatus(word)));
        if (word.equals("completed")) {
            form.put("CallDuration", Integer.toString(SECONDS));
        }
        String path = call.isOutbound()
                ? STATUS_PATH + "?channel=" + client.channelId(Carrier.TWILIO) + "&call=" + call.callId() + "&hook=next"
                : STATUS_PATH;
        String url = publicUrl.toString().replaceFirst("/+$", "") + path;
        return new SignedDelivery(
                path,
                TwilioSignature.encoded(form),
                Map.of(
                        "content-type",
                        "application/x-www-form-urlencoded",
                        "X-Twilio-Signature",
                        TwilioSignature.of(client.authToken(), url, form)));
    }
}
