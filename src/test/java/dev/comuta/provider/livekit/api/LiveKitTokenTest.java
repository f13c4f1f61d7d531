package dev.comuta.provider.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.Contracts;
import dev.comuta.provider.livekit.api.LiveKitToken.Join;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublishData;
import io.livekit.server.CanPublishSources;
import io.livekit.server.RoomAdmin;
import io.livekit.server.RoomCreate;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomList;
import io.livekit.server.RoomName;
import io.livekit.server.RoomRecord;
import io.livekit.server.SIPAdmin;
import io.livekit.server.SIPCall;
import io.livekit.server.VideoGrant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveKitTokenTest {

    private static final String ROOM = "<that room>";
    private final Instant now = Instant.now();

    /** Each method has exactly the permissions that the server requires for it. */
    @ParameterizedTest
    @EnumSource(LiveKitMethod.class)
    void eachMethodHasTheGrantsOfTheContract(LiveKitMethod method) {
        JsonNode claims = claims(LiveKitToken.forRequest(account("s"), method.grant(ROOM), now));
        JsonNode expected = grants(method.path().substring("/twirp/".length()));

        assertEquals(expected.path("video"), claims.path("video"));
        assertEquals(expected.path("sip"), claims.path("sip"));
        assertEquals(60, claims.path("exp").asLong() - claims.path("nbf").asLong());
    }

    private static JsonNode grants(String method) {
        return Contracts.json("livekit/grants.json")
                .path("methods")
                .propertyStream()
                .filter(entry -> method.matches(pattern(entry.getKey())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no grants for " + method))
                .getValue();
    }

    /** "a/{B,C}*" of the contract as a regular expression. */
    private static String pattern(String name) {
        return name.replace(".", "\\.")
                .replace("{", "(")
                .replace("}", ")")
                .replace(",", "|")
                .replace("*", ".*");
    }

    @Test
    void requestsCarryTheGrantsThatTheSdkWrites() {
        same(new RoomCreate(true), LiveKitMethod.CREATE_ROOM);
        same(new RoomList(true), LiveKitMethod.LIST_ROOMS);
        same(new RoomRecord(true), LiveKitMethod.START_RECORDING);
        AccessToken admin = sdk();
        admin.addGrants(new RoomAdmin(true), new RoomName(ROOM));
        same(admin, LiveKitMethod.REMOVE_PARTICIPANT.grant(ROOM));
        AccessToken trunks = sdk();
        trunks.addSIPGrants(new SIPAdmin(true));
        same(trunks, LiveKitMethod.LIST_TRUNKS.grant(null));
        AccessToken transfer = sdk();
        transfer.addGrants(new RoomAdmin(true), new RoomName(ROOM));
        transfer.addSIPGrants(new SIPCall(true));
        same(transfer, LiveKitMethod.TRANSFER.grant(ROOM));
    }

    private void same(VideoGrant grant, LiveKitMethod method) {
        AccessToken token = sdk();
        token.addGrants(grant);
        same(token, method.grant(ROOM));
    }

    private void same(AccessToken sdk, LiveKitGrant grant) {
        DecodedJWT ours = verified(LiveKitToken.forRequest(account("secret"), grant, now));
        DecodedJWT theirs = verified(sdk.toJwt());

        assertEquals(theirs.getAlgorithm(), ours.getAlgorithm());
        assertEquals(theirs.getIssuer(), ours.getIssuer());
        assertEquals(asMap(theirs, "video"), asMap(ours, "video"));
        assertEquals(asMap(theirs, "sip"), asMap(ours, "sip"));
    }

    private static Map<String, Object> asMap(DecodedJWT token, String claim) {
        return token.getClaim(claim).isMissing()
                ? Map.of()
                : token.getClaim(claim).asMap();
    }

    @Test
    void aPersonJoinsOneRoomToSpeakAndListen() {
        AccessToken token = sdk();
        token.setIdentity("user-7");
        token.setName("João");
        token.addGrants(
                new RoomJoin(true),
                new RoomName("c1-call-9"),
                new CanPublishSources(List.of("microphone")),
                new CanPublishData(false));
        DecodedJWT theirs = verified(token.toJwt());

        String jwt = LiveKitToken.forJoin(
                account("secret"), new Join("c1-call-9", "user-7", "João", Duration.ofMinutes(5)), now);
        DecodedJWT ours = verified(jwt);

        assertEquals(asMap(theirs, "video"), asMap(ours, "video"));
        assertEquals("user-7", ours.getSubject());
        assertEquals("João", ours.getClaim("name").asString());
        assertTrue(ours.getClaim("sip").isMissing());
        assertEquals(300, claims(jwt).path("exp").asLong() - now.getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 60 * 24})
    void aTokenToJoinIsValidForTenMinutesAtMost(int minutes) {
        String jwt =
                LiveKitToken.forJoin(account("secret"), new Join("r", "u", null, Duration.ofMinutes(minutes)), now);

        assertEquals(600, claims(jwt).path("exp").asLong() - now.getEpochSecond());
        assertFalse(claims(jwt).has("name"));
    }

    /** The secret of development servers is shorter than other libraries permit. */
    @ParameterizedTest
    @ValueSource(strings = {"s", "secret", "a-secret-of-more-than-thirty-two-bytes-and-of-sixty-four-too-yes"})
    void signsWithSecretsOfAnyLength(String secret) {
        String jwt = LiveKitToken.forRequest(account(secret), LiveKitGrant.sipCall(), now);

        assertNotNull(JWT.require(Algorithm.HMAC256(secret)).build().verify(jwt));
        assertNotNull(LiveKitSignature.claims(secret, jwt, now));
    }

    @Test
    void aTokenIsNoSignatureOfAWebhook() {
        String jwt = LiveKitToken.forRequest(account("secret"), LiveKitGrant.roomCreate(), now);

        assertFalse(LiveKitSignature.verifies("secret", jwt, new byte[0], now));
    }

    @Test
    void secretsAreNotPrinted() {
        assertEquals(
                "LiveKitAccount[clientId=1, apiKey=APIkey]", account("secret").toString());
        assertEquals("RecordingBucket[bucket=b]", new RecordingBucket("b", "r", null, "access", "secret").toString());
    }

    private static LiveKitAccount account(String secret) {
        return new LiveKitAccount(1, "https://livekit.example", "APIkey", secret, null, null);
    }

    private static AccessToken sdk() {
        return new AccessToken("APIkey", "secret");
    }

    private static DecodedJWT verified(String jwt) {
        return JWT.require(Algorithm.HMAC256("secret"))
                .withIssuer("APIkey")
                .build()
                .verify(jwt);
    }

    private static JsonNode claims(String jwt) {
        byte[] claims = Base64.getUrlDecoder()
                .decode(Stream.of(jwt.split("\\.")).toList().get(1));
        return Contracts.parsed(new String(claims, StandardCharsets.UTF_8));
    }
}
