package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Exchange;
import dev.comuta.sandbox.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Twilio's Conference and Participant resources. */
final class TwilioConferences {

    private static final String STATUS = "Status";

    private final Switchboard switchboard;
    private final TwilioCarrier carrier;
    private final TwilioCalls calls;

    TwilioConferences(Switchboard switchboard, TwilioCarrier carrier, TwilioCalls calls) {
        this.switchboard = switchboard;
        this.carrier = carrier;
        this.calls = calls;
    }

    void answerList(Exchange exchange, String account) {
        String name = exchange.parameter("FriendlyName");
        String status = exchange.parameter(STATUS);
        List<Conference> found = switchboard.conferences().all().stream()
                .filter(one -> one.facts().accountSid().equals(account))
                .filter(one -> name.isEmpty() || one.facts().name().equals(name))
                .filter(one -> status.isEmpty() || one.status().equals(status))
                .toList();
        TwilioLists.answer(exchange, "conferences", found, TwilioConferences::resource);
    }

    void answerOne(Exchange exchange, String account, String sid) {
        Conference found = find(exchange, account, sid);
        if (exchange.method().equals("POST")
                && Forms.read(exchange.body()).text(STATUS).equals("completed")) {
            found.finish("conference-ended-via-api", "");
        }
        exchange.answer(200, resource(found));
    }

    /** Dials a new participant into a room, which need not exist yet; or lists the participants. */
    void answerParticipants(Exchange exchange, String account, String room) {
        if (exchange.method().equals("GET")) {
            Conference found = find(exchange, account, room);
            TwilioLists.answer(
                    exchange, "participants", found.members(), member -> resource(found, member, "connected"));
            return;
        }
        Forms form = Forms.read(exchange.body());
        Conference existing = switchboard.conferences().find(account, room);
        String name = existing == null ? room : existing.facts().name();
        Call call = calls.create(account, form, Fetch.inline(room(name, form)));
        Conference joined = switchboard.conferences().named(account, name, () -> facts(account, name, form));
        exchange.answer(
                201,
                resource(
                        joined,
                        new Conference.Member(
                                call,
                                form.text("Label"),
                                !form.text("StartConferenceOnEnter").equals("false"),
                                form.text("EndConferenceOnExit").equals("true"),
                                form.text("Muted").equals("true")),
                        "queued"));
    }

    void answerParticipant(Exchange exchange, String account, String room, String callSid) {
        Conference found = find(exchange, account, room);
        Conference.Member member = found.member(callSid);
        if (member == null || found.isOver()) {
            throw TwilioError.notFound(exchange.path());
        }
        switch (exchange.method()) {
            case "DELETE" -> {
                found.leave(member, true);
                exchange.answerNothing();
            }
            case "POST" -> {
                change(found, member, Forms.read(exchange.body()));
                exchange.answer(200, resource(found, member, "connected"));
            }
            default -> exchange.answer(200, resource(found, member, "connected"));
        }
    }

    private void change(Conference room, Conference.Member member, Forms form) {
        if (form.has("Muted")) {
            room.mute(member, form.text("Muted").equals("true"));
        }
        if (form.has("Hold")) {
            boolean onHold = form.text("Hold").equals("true");
            room.hold(member, onHold);
            hear(member, onHold ? form.text("HoldUrl") : "", form.text("HoldMethod"));
        }
        if (form.has("EndConferenceOnExit")) {
            member.ends(form.text("EndConferenceOnExit").equals("true"));
        }
        hear(member, form.text("AnnounceUrl"), form.text("AnnounceMethod"));
    }

    /** The participant hears the document once. */
    private void hear(Conference.Member member, String url, String method) {
        if (url.isEmpty()) {
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                Document document = carrier.fetch(member.call(), Fetch.of(url, method));
                document.verbs().stream()
                        .filter(verb -> verb.name().matches("Say|Play"))
                        .forEach(verb -> CallFlow.hear(member.call(), verb, document));
            } catch (Document.Failed failed) {
                carrier.error(member.call().sid(), failed.code(), failed.getMessage());
            }
        });
    }

    private Conference find(Exchange exchange, String account, String sid) {
        Conference found = switchboard.conferences().find(account, sid);
        if (found == null) {
            throw TwilioError.notFound(exchange.path());
        }
        return found;
    }

    private Conference.Facts facts(String account, String name, Forms form) {
        return new Conference.Facts(
                Secrets.sid("CF"),
                name,
                account,
                carrier,
                form.text("ConferenceStatusCallback"),
                form.fields().getOrDefault("ConferenceStatusCallbackEvent", List.of()));
    }

    /** The document of a participant that a request dials. */
    private static String room(String name, Forms form) {
        return "<Response><Dial><Conference participantLabel=\"%s\" startConferenceOnEnter=\"%s\" endConferenceOnExit=\"%s\" muted=\"%s\">%s</Conference></Dial></Response>"
                .formatted(
                        escaped(form.text("Label")),
                        escaped(form.text("StartConferenceOnEnter", "true")),
                        escaped(form.text("EndConferenceOnExit", "false")),
                        escaped(form.text("Muted", "false")),
                        escaped(name));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static Map<String, Object> resource(Conference room) {
        String uri = "/2010-04-01/Accounts/" + room.facts().accountSid() + "/Conferences/"
                + room.facts().sid();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("sid", room.facts().sid());
        shown.put("account_sid", room.facts().accountSid());
        shown.put("api_version", "2010-04-01");
        shown.put("friendly_name", room.facts().name());
        shown.put("status", room.status());
        shown.put("region", "us1");
        shown.put("date_created", TwilioForms.time(room.created()));
        shown.put("date_updated", TwilioForms.time(room.created()));
        shown.put("reason_conference_ended", room.reason().isEmpty() ? null : room.reason());
        shown.put("call_sid_ending_conference", room.endedBy().isEmpty() ? null : room.endedBy());
        shown.put("uri", uri + ".json");
        shown.put("subresource_uris", Map.of("participants", uri + "/Participants.json"));
        return shown;
    }

    private static Map<String, Object> resource(Conference room, Conference.Member member, String status) {
        String sid = member.call().sid();
        String account = room.facts().accountSid();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("call_sid", sid);
        shown.put("account_sid", account);
        shown.put("conference_sid", room.facts().sid());
        shown.put("label", member.label().isEmpty() ? null : member.label());
        shown.put("muted", member.muted());
        shown.put("hold", member.onHold());
        shown.put("coaching", false);
        shown.put("call_sid_to_coach", null);
        shown.put("start_conference_on_enter", member.starts());
        shown.put("end_conference_on_exit", member.ends());
        shown.put("status", status);
        shown.put("date_created", TwilioForms.time(member.call().created()));
        shown.put("date_updated", TwilioForms.time(member.call().created()));
        shown.put("queue_time", "0");
        shown.put(
                "uri",
                "/2010-04-01/Accounts/%s/Conferences/%s/Participants/%s.json"
                        .formatted(account, room.facts().sid(), sid));
        return shown;
    }
}
