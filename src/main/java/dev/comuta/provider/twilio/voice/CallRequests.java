package dev.comuta.provider.twilio.voice;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.rest.api.v2010.account.CallUpdater;
import com.twilio.rest.api.v2010.account.call.Recording;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.OutgoingCall;
import dev.comuta.call.RefusedCall;
import dev.comuta.call.answer.WhatsAppAddress;
import dev.comuta.call.plan.MachineRule;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.provider.twilio.TwilioAccount;
import dev.comuta.provider.twilio.TwilioApi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests of Twilio's Call resource. Each is sent once. A call that has ended, or that Twilio does not know, is no failure. */
@ApplicationScoped
class CallRequests {

    /** Each is a parameter of its own: one text with spaces is no event. */
    private static final List<String> EVENTS = List.of("initiated", "ringing", "answered", "completed");

    private static final List<String> RECORDING_EVENTS = List.of("in-progress", "completed", "absent");
    private static final String CURRENT = "Twilio.CURRENT";
    private static final long NEWEST = 50;
    private static final int NOT_FOUND = 404;

    /** The resource is not there; the call is not in progress. */
    private static final Set<Integer> OVER = Set.of(20_404, 21_220);

    private final TwilioApi api;
    private final VoiceAddresses urls;

    CallRequests(TwilioApi api, VoiceAddresses urls) {
        this.api = api;
        this.urls = urls;
    }

    /** Makes a call. {@return Twilio's id; fails with {@link RefusedCall} when Twilio refuses the number} */
    Uni<String> create(TwilioAccount account, OutgoingCall call) {
        return send(account, "Call.create", client -> {
            try {
                return StorableText.of(creator(call).create(client).getSid());
            } catch (ApiException refusal) {
                throw refused(refusal);
            }
        });
    }

    private CallCreator creator(OutgoingCall call) {
        long channelId = call.channel().ref().channelId();
        long callId = call.ref().callId();
        CallCreator creator = Call.creator(
                        new PhoneNumber(call.to()),
                        new PhoneNumber(from(call.channel().channelIdentifier(), call.to())),
                        urls.begin(channelId, callId))
                .setStatusCallback(urls.status(channelId, callId))
                .setStatusCallbackEvent(EVENTS)
                .setTimeout(Math.toIntExact(call.ringTime().toSeconds()))
                .setTimeLimit(call.script().maxSeconds());
        return call.detectsMachines()
                ? creator.setMachineDetection(detection(call))
                        .setAsyncAmd("true")
                        .setAsyncAmdStatusCallback(urls.machines(channelId, callId))
                : creator;
    }

    /** Calls over WhatsApp are made from the company's number there. */
    private static String from(String number, String to) {
        return WhatsAppAddress.isIn(to) ? WhatsAppAddress.of(number) : number;
    }

    /** A message is spoken after the tone; for all else the first sign of a machine is enough. */
    private static String detection(OutgoingCall call) {
        return call.script().outgoing().onMachine() == MachineRule.LEAVE_MESSAGE ? "DetectMessageEnd" : "Enable";
    }

    private static RuntimeException refused(ApiException refusal) {
        EndReason reason = refusal.getCode() == null ? null : CallWords.reason(refusal.getCode());
        return switch (reason) {
            case null -> refusal;
            case RATE_LIMITED -> new TransientFailure("Twilio refused with code " + refusal.getCode());
            default ->
                new RefusedCall(
                        "Twilio refused with code " + refusal.getCode(),
                        CallNews.of(CallStatus.FAILED).because(reason));
        };
    }

    /** The newest calls from a number to an address. The query has no time of begin, because a queued call has none. */
    Uni<List<Call>> newest(TwilioAccount account, String number, String to) {
        return send(account, "Call.list", client -> Call.reader()
                .setFrom(from(number, to))
                .setTo(to)
                .setPageSize(NEWEST)
                .firstPage(client)
                .getRecords());
    }

    /** {@return a call, or null when Twilio does not know it} */
    Uni<Call> find(TwilioAccount account, String sid) {
        return send(
                account, "Call.fetch", client -> orNull(() -> Call.fetcher(sid).fetch(client)));
    }

    /** The telephones that were dialled for a call. */
    Uni<List<Call>> legs(TwilioAccount account, String sid) {
        return send(account, "Call.list", client -> Call.reader()
                .setParentCallSid(sid)
                .setPageSize(NEWEST)
                .firstPage(client)
                .getRecords());
    }

    /** Ends a call. */
    Uni<Void> end(TwilioAccount account, String sid) {
        return change(account, sid, call -> call.setStatus(Call.UpdateStatus.COMPLETED))
                .replaceWithVoid();
    }

    /** {@return whether a call goes on with this document; false when it has ended} */
    Uni<Boolean> follow(TwilioAccount account, String sid, String document) {
        return change(account, sid, call -> call.setTwiml(new Twiml(document)));
    }

    /** The same with a document that Twilio asks for itself. */
    Uni<Boolean> follow(TwilioAccount account, String sid, URI document) {
        return change(account, sid, call -> call.setUrl(document));
    }

    private Uni<Boolean> change(TwilioAccount account, String sid, Consumer<CallUpdater> what) {
        return send(account, "Call.update", client -> {
            CallUpdater updater = Call.updater(sid);
            what.accept(updater);
            return orNull(() -> updater.update(client)) != null;
        });
    }

    /** Starts, pauses, resumes or stops the recording of a call. {@return Twilio's id of it, or null when it has ended} */
    Uni<String> record(TwilioAccount account, String sid, RecordingChange change, URI callback) {
        return send(
                account,
                "Recording",
                client -> orNull(() -> record(client, sid, change, callback).getSid()));
    }

    private static Recording record(TwilioRestClient client, String sid, RecordingChange change, URI callback) {
        return switch (change) {
            case START ->
                Recording.creator(sid)
                        .setRecordingChannels("dual")
                        .setRecordingStatusCallback(callback)
                        .setRecordingStatusCallbackEvent(RECORDING_EVENTS)
                        .create(client);
            case PAUSE -> change(client, sid, Recording.Status.PAUSED);
            case RESUME -> change(client, sid, Recording.Status.IN_PROGRESS);
            case STOP -> change(client, sid, Recording.Status.STOPPED);
        };
    }

    private static Recording change(TwilioRestClient client, String sid, Recording.Status status) {
        return Recording.updater(sid, CURRENT, status).update(client);
    }

    /** Deletes a recording. One that Twilio does not have is a success. */
    Uni<Void> deleteRecording(TwilioAccount account, String recordingSid) {
        return send(
                        account,
                        "Recording.delete",
                        client -> orNull(() -> com.twilio.rest.api.v2010.account.Recording.deleter(recordingSid)
                                .delete(client)))
                .replaceWithVoid();
    }

    private <T> Uni<T> send(TwilioAccount account, String operation, Function<TwilioRestClient, T> request) {
        return api.call(account, operation, api.requestLimit(), request);
    }

    /** {@return the answer, or null when what is asked for is not there or has ended} */
    static <T> T orNull(Supplier<T> request) {
        try {
            return request.get();
        } catch (ApiException refusal) {
            boolean isOver = (refusal.getStatusCode() != null && refusal.getStatusCode() == NOT_FOUND)
                    || (refusal.getCode() != null && OVER.contains(refusal.getCode()));
            if (isOver) {
                return null;
            }
            throw refusal;
        }
    }
}
