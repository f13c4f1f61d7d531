package dev.comuta.journey;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.sandbox.VoiceSimulation;
import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import dev.comuta.sandbox.voice.Phones;
import dev.comuta.sandbox.voice.TwilioVoice;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A company with a voice number at the simulated Twilio, and the telephones of a person and of the broker João. A second
 * of a call lasts {@link #SECOND}.
 */
final class TwilioCompany {

    static final String VOICE = "/webhooks/twilio/voice";
    static final String TOKEN = "segredo";
    static final Duration SECOND = Duration.ofMillis(50);

    final Comuta comuta = Comuta.shared();
    final VoiceSimulation simulation = comuta.sandbox().providers().voice();
    final TwilioVoice twilio = simulation.twilio();
    final Phones phones = simulation.phones();
    final String number = Comuta.newNumber();
    final String person = Comuta.newNumber();
    final String broker = Comuta.newNumber();
    final String accountSid = "AC" + UUID.randomUUID().toString().replace("-", "");
    final String home;
    final long brokerId;
    final long channelId;

    /** @param home of a client that is there; null for a new client */
    private TwilioCompany(String home) {
        simulation.pace().secondLasts(SECOND);
        this.home = home == null ? newClient() : home;
        this.brokerId = user("João Correia", broker);
        this.channelId = channel();
        numberAtTwilio(number);
    }

    static TwilioCompany create() {
        return new TwilioCompany(null);
    }

    static TwilioCompany of(String home) {
        return new TwilioCompany(home);
    }

    /** Leaves the simulated telephones as other tests expect them. */
    void leave() {
        phones.clear();
        simulation.pace().secondLasts(Duration.ofSeconds(1));
    }

    private String newClient() {
        String created = comuta.platform()
                .post("/clients", new JsonObject().put("clientName", "Imobiliária XPTO"))
                .expect(201)
                .location();
        comuta.platform()
                .send("PUT", created + "/call-rules", "{\"callingHours\":{\"from\":\"00:00\",\"until\":\"24:00\"}}")
                .expect(200);
        return created;
    }

    /** Adds an internal user with a telephone, and returns its id. */
    long user(String name, String telephone) {
        return comuta.platform()
                .post(
                        home + "/users",
                        new JsonObject()
                                .put("userName", name)
                                .put("userRole", "Corretor")
                                .put("email", address(telephone))
                                .put("phoneNumber", telephone))
                .expect(201)
                .json()
                .getLong("userId");
    }

    /** The mail address of an internal user. */
    static String address(String telephone) {
        return "corretor" + telephone.substring(1) + "@imobiliariaxpto.com";
    }

    private long channel() {
        return comuta.platform()
                .post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "VoiceCall")
                                .put("channelIdentifier", number)
                                .put("status", "Ativo")
                                .put("provider", "Twilio")
                                .put("sipTrunkId", "Trunk_X")
                                .put("defaultUserId", brokerId)
                                .put(
                                        "credentials",
                                        new JsonObject()
                                                .put("accountSid", accountSid)
                                                .put("authToken", TOKEN)))
                .expect(201)
                .json()
                .getLong("channelId");
    }

    /** Registers a number of the company's account at Twilio, whose calls go to the server. */
    void numberAtTwilio(String another) {
        URI server = comuta.server().baseUrl();
        String url = server.toString().replaceFirst("/+$", "") + VOICE;
        simulation.registerTwilio(accountSid, TOKEN, another, server);
        twilio.number(another, url, url, url + "/status");
    }

    /** Changes the call plan. */
    void plan(JsonObject plan) {
        comuta.platform()
                .patch(home + "/channels/" + channelId + "/call-plan", plan)
                .expect(200);
    }

    /** A plan with these steps. */
    static JsonObject steps(JsonObject... steps) {
        return new JsonObject().put("steps", new JsonArray(List.of(steps)));
    }

    static JsonObject step(String kind) {
        return new JsonObject().put("kind", kind);
    }

    /** A script of a telephone whose person takes calls. */
    static PhoneScript takesCalls() {
        return PhoneScript.answers().presses("1");
    }

    /** The person calls, and the broker takes the call. */
    PhoneLeg conversation() {
        phones.script(broker, takesCalls());
        PhoneLeg caller = twilio.call(person, number);
        phones.awaitHeard(person, "bridged: " + broker);
        awaitCall("In Progress", "CallStatus");
        return caller;
    }

    /** A call of the company that rings the broker first; both take it. */
    void clickToCall() {
        phones.script(broker, takesCalls());
        phones.script(person, PhoneScript.answers());
        makeCall(new JsonObject().put("userId", brokerId)).expect(201);
        phones.awaitHeard(person, "bridged: " + broker);
        awaitCall("In Progress", "CallStatus");
    }

    /** Requests a call to the person. */
    Api.Answer makeCall(JsonObject more) {
        JsonObject body = new JsonObject().put("to", person).put("from", number);
        return comuta.platform().post(home + "/calls", body.mergeIn(more));
    }

    /** Requests a change of the only call. */
    Api.Answer change(String what, JsonObject body) {
        return comuta.platform().post(path() + "/" + what, body);
    }

    /** The path of the only call. */
    String path() {
        return home + "/calls/" + callId();
    }

    /** The only call, as the API shows it. */
    JsonObject shown() {
        return comuta.platform().get(path()).expect(200).json();
    }

    Object callId() {
        return comuta.value("select CallID from Calls where ChannelID = ?", channelId);
    }

    /** Columns of the only call, as texts. */
    List<String> columns(String... columns) {
        return Stream.of(columns)
                .map(column ->
                        String.valueOf(comuta.value("select " + column + " from Calls where ChannelID = ?", channelId)))
                .toList();
    }

    void awaitCall(String expected, String column) {
        await(column).atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(List.of(expected), columns(column)));
    }

    /** The legs of all calls of the channel: position, status, and whether its person took the call. */
    List<Object> legs() {
        return comuta.column("""
                select l.Position || ' ' || l.LegStatus || case when l.AcceptedAt is null then '' else ' aceita' end
                from CallLegs l join Calls c using (CallID) where c.ChannelID = ? order by l.CallID, l.Position""", channelId);
    }

    void awaitLegs(Object... expected) {
        await("legs").atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(List.of(expected), legs()));
    }

    /** The events of the sessions of calls on the channel, without those of tasks. */
    List<Object> events() {
        return comuta.column("""
                select e.EventType from Events e join Sessions s using (SessionID)
                where s.ChannelID = ? and e.EventType not like 'Tarefa%' order by e.EventID""", channelId);
    }

    long count(String event) {
        return events().stream().filter(event::equals).count();
    }

    void awaitEvent(String event) {
        await(event).atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(1, count(event)));
    }

    /** A request to Twilio's API. */
    RequestSpecification rest() {
        return given().auth().preemptive().basic(accountSid, TOKEN);
    }

    /** The address of a resource of the account. */
    String twilioUrl(String path) {
        return comuta.sandbox().providers().url() + "/2010-04-01/Accounts/" + accountSid + path;
    }

    /** The provider is asked about the calls of the channel now. */
    void check() {
        comuta.column("update Calls set CheckAt = now() where ChannelID = ? returning CallID", channelId);
    }
}
