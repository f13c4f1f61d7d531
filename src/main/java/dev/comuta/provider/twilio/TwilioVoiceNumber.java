package dev.comuta.provider.twilio;

import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.type.PhoneNumber;
import dev.comuta.channel.setup.SetupStep;
import dev.comuta.channel.setup.StepName;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A telephone number of an account, with the addresses to which Twilio sends its calls.
 *
 * @param voiceUrl of the first request for a call; null when it has none
 * @param fallbackUrl asked when that fails; null when it has none
 * @param statusCallback of the end of a call; null when it has none
 * @param isElsewhere whether its calls go to a SIP trunk or an application instead
 */
record TwilioVoiceNumber(String voiceUrl, String fallbackUrl, String statusCallback, boolean isElsewhere) {

    private static final String WITH_POST = ", with the method POST, to ";

    /** The number of the account; null when it does not have it. */
    static Uni<TwilioVoiceNumber> find(TwilioApi api, TwilioAccount account, String number, Duration timeLimit) {
        return api.call(
                account,
                "IncomingPhoneNumber.list",
                timeLimit,
                client ->
                        IncomingPhoneNumber.reader()
                                .setPhoneNumber(new PhoneNumber(number))
                                .firstPage(client)
                                .getRecords()
                                .stream()
                                .filter(found -> number.equals(String.valueOf(found.getPhoneNumber())))
                                .map(TwilioVoiceNumber::of)
                                .findFirst()
                                .orElse(null));
    }

    private static TwilioVoiceNumber of(IncomingPhoneNumber number) {
        return new TwilioVoiceNumber(
                text(number.getVoiceUrl()),
                text(number.getVoiceFallbackUrl()),
                text(number.getStatusCallback()),
                isSet(number.getTrunkSid()) || isSet(number.getVoiceApplicationSid()));
    }

    private static String text(URI address) {
        return address == null || address.toString().isEmpty() ? null : address.toString();
    }

    private static boolean isSet(String sid) {
        return sid != null && !sid.isEmpty();
    }

    /** What is missing for calls to reach the server. The fallback is the same address: the request is repeated there. */
    SetupStep addressStep(TwilioAddresses addresses) {
        String voice = addresses.publicUrlOf(TwilioAddresses.VOICE_PATH);
        String status = voice + "/status";
        List<String> missing = new ArrayList<>();
        if (isElsewhere) {
            missing.add("Remove the SIP trunk or the TwiML app from the number: with one Twilio sends no webhook.");
        }
        if (!isAt(voice, voiceUrl)) {
            missing.add(
                    "Set \"A call comes in\" to Webhook" + WITH_POST + voice + TwilioAddresses.VOICE_RETRIES + " .");
        }
        if (!isAt(voice, fallbackUrl)) {
            missing.add("Set \"Primary handler fails\"" + WITH_POST + voice + " .");
        }
        if (!isAt(status, statusCallback)) {
            missing.add("Set \"Call status changes\"" + WITH_POST + status + TwilioAddresses.VOICE_RETRIES + " .");
        }
        return missing.isEmpty()
                ? SetupStep.done(StepName.ADDRESS, "Calls, their statuses and the fallback reach " + voice + " .")
                : SetupStep.missing(StepName.ADDRESS, String.join(" ", missing));
    }

    private static boolean isAt(String ours, String address) {
        return address != null && (address.equals(ours) || address.startsWith(ours + "#"));
    }
}
