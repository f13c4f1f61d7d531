package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.PhoneMessage;
import dev.comuta.sandbox.VoiceNote;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploaded files: providers read them by links, and contents that providers refuse are not stored. */
class FileSendingIT {

    private static final int MIB = 1 << 20;
    private static final byte[] PDF = document(150_000);

    private static Comuta comuta;
    private static Api client;
    private static String home;
    private static HttpClient http;

    private final String person = Comuta.newNumber();

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = comuta.client();
        home = "/clients/" + comuta.registered().clientId();
        http = HttpClient.newHttpClient();
    }

    private static Line line(String provider) {
        return switch (provider) {
            case "meta" -> Conversation.meta(comuta);
            case "twilio" -> Conversation.twilio(comuta);
            default -> Conversation.gateway(comuta);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta", "twilio", "gateway"})
    void providerReadsTheBytesOfAnUploadedFile(String provider) throws Exception {
        String messages = conversation(provider);
        long mediaId = upload("Documento", PDF);
        JsonObject sent = send(messages, file("Documento", mediaId)).expect(201).json();
        JsonObject stored = sent.getJsonObject("content").getJsonObject("file");
        assertEquals(mediaId, stored.getLong("mediaId"));
        assertEquals("application/pdf", stored.getString("mimeType"));

        PhoneMessage received = awaitFile(1);
        assertArrayEquals(PDF, bytesOf(received));
        assertEquals(
                "application/pdf",
                received.content().path("file").path("mimeType").asText());
        awaitStatus(messages, sent.getLong("messageId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta", "twilio", "gateway"})
    void voiceNoteArrivesAsOpusInOgg(String provider) throws Exception {
        String messages = conversation(provider);
        byte[] note = VoiceNote.saying("Bom dia", 3);
        send(messages, file("Áudio", upload("Áudio", note))).expect(201);
        PhoneMessage received = awaitFile(1);
        assertArrayEquals(note, bytesOf(received));
        assertEquals(
                "audio/ogg; codecs=opus",
                received.content().path("file").path("mimeType").asText());
    }

    @Test
    void metaGetsAVoiceNoteByALinkOfTenMinutes() {
        String messages = conversation("meta");
        send(messages, file("Áudio", upload("Áudio", VoiceNote.saying("Oi", 2))))
                .expect(201);
        awaitFile(1);
        JsonObject audio = comuta.sandbox().providers().requests("meta").stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> new JsonObject(request.body()))
                .filter(body -> person.equals("+" + body.getString("to")) && body.containsKey("audio"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("audio");
        assertTrue(audio.getBoolean("voice"));
        String token = audio.getString("link").replaceFirst(".*/", "");
        long end = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)).getLong(2 * Long.BYTES);
        long left = end - Instant.now().getEpochSecond();
        assertTrue(left > 500 && left <= 600, left + " s");
    }

    @Test
    void sameFileIsSentTwiceAndRemovedWithTheLastPerson() throws Exception {
        long mediaId = upload("Documento", PDF);
        String messages = conversation("gateway");
        send(messages, file("Documento", mediaId)).expect(201);
        send(messages, file("Documento", mediaId)).expect(201);
        awaitFile(2);
        erase(person);
        client.get(home + "/media/" + mediaId).expectProblem(404, "not-found");
        assertEquals(0L, comuta.value("select count(*) from SentFiles where MediaID = ?", mediaId));
    }

    @Test
    void templateHeaderSendsAnUploadedFile() throws Exception {
        String messages = conversation("gateway");
        JsonObject template = new JsonObject()
                .put("contentType", "Modelo")
                .put("name", "planta")
                .put("language", "pt_BR")
                .put(
                        "header",
                        new JsonObject()
                                .put("contentType", "Documento")
                                .put("file", new JsonObject().put("mediaId", upload("Documento", PDF))));
        send(messages, template).expect(201);
        await().atMost(Comuta.TIMEOUT).until(() -> comuta.sandbox().providers().requests("gateway").stream()
                .anyMatch(request ->
                        request.body().contains(person) && request.body().contains("/media/")));
    }

    @Test
    void limitsAreNamed() throws Exception {
        String gateway = conversation("gateway");
        long document = upload("Documento", PDF);
        assertNamed(gateway, file("Imagem", document), "content.file.mediaId", "kind Documento");
        assertNamed(gateway, file("Documento", 999_999_999), "content.file.mediaId", "is not a file");
        long large = upload("Documento", document(17 * MIB));
        String twilio = conversation("twilio");
        assertNamed(twilio, file("Documento", large), "content.file.mediaId", "16 MB");
        send(gateway, file("Documento", large)).expect(201);
        Company other = Company.create(comuta, "Outra " + UUID.randomUUID());
        JsonObject otherFile = Company.upload(other.administrator(), other.home() + "/media")
                .expect(201)
                .json();
        assertNamed(gateway, file("Documento", otherFile.getLong("mediaId")), "content.file.mediaId", "is not a file");
    }

    @Test
    void contentsThatProvidersRefuseAreNotStored() {
        String messages = conversation("gateway");
        String session = messages.replaceFirst(".*/sessions/(\\d+)/.*", "$1");
        String count = "select count(*) from Messages where SessionID = ?";
        Object before = comuta.value(count, Long.valueOf(session));
        for (String url : List.of(
                "https:///a",
                "https://example.com:99999/a",
                "https://user:pw@example.com/a",
                "https://169.254.169.254/latest/meta-data",
                "https://metadata.google.internal@169.254.169.254/")) {
            assertNamed(messages, document(new JsonObject().put("url", url)), "content.file.url", "must");
        }
        JsonObject file = new JsonObject().put("url", "https://example.com/a.pdf");
        String longText = "a".repeat(200_000);
        assertNamed(messages, document(file.copy().put("fileName", longText)), "fileName", "240");
        assertNamed(messages, document(file.copy().put("fileName", "a\r\nb.pdf")), "fileName", "one line");
        assertNamed(
                messages,
                new JsonObject()
                        .put("contentType", "Localização")
                        .put("latitude", 1)
                        .put("longitude", 1)
                        .put("name", longText),
                "name",
                "1000");
        assertNamed(
                messages,
                new JsonObject()
                        .put("contentType", "Contato")
                        .put("contacts", new JsonArray().add(new JsonObject().put("name", longText))),
                "content.contacts[0].name",
                "255");
        assertNamed(
                messages,
                new JsonObject()
                        .put("contentType", "Modelo")
                        .put("name", "../../x")
                        .put("language", "pt_BR"),
                "name",
                "512");
        assertEquals(before, comuta.value(count, Long.valueOf(session)));
    }

    @Test
    void runningDownloadIsCutWhenTheClientBecomesInactive() throws Exception {
        Company company = Company.create(comuta, "Cortada " + UUID.randomUUID());
        JsonObject key = company.createKey(new JsonObject());
        Api administrator = company.as(key);
        long mediaId = upload(company.home(), key.getString("key"), "Documento", document(60 * MIB));
        String link = administrator
                .post(company.home() + "/media/" + mediaId + "/link", null)
                .expect(200)
                .json()
                .getString("url");
        HttpResponse<InputStream> download =
                http.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofInputStream());
        try (InputStream body = download.body()) {
            body.readNBytes(MIB);
            comuta.platform()
                    .patch(company.home(), new JsonObject().put("status", "Inativo"))
                    .expect(200);
            Instant inactive = Instant.now();
            assertThrows(IOException.class, () -> readSlowly(body));
            Duration took = Duration.between(inactive, Instant.now());
            assertTrue(took.compareTo(Duration.ofSeconds(8)) < 0, took.toString());
        }
    }

    /** 60 MiB would take 15 seconds. */
    private static void readSlowly(InputStream body) throws IOException {
        byte[] part = new byte[MIB / 4];
        while (body.readNBytes(part, 0, part.length) == part.length) {
            LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
        }
    }

    /** The person writes first, so that the window is open; then a path of the messages of the session. */
    private String conversation(String provider) {
        Line line = line(provider);
        line.say(person, "Oi");
        line.awaitAnswers(person, 1);
        long channel =
                switch (provider) {
                    case "meta" -> comuta.registered().meta().channelId();
                    case "twilio" -> comuta.registered().twilio().channelId();
                    default -> comuta.registered().whatsapp().channelId();
                };
        return home + "/sessions/" + comuta.value("""
                        select s.SessionID from Sessions s join ClientEndUsers u using (EndUserID)
                        where u.PhoneNumber = ? and s.ChannelID = ?""", person, channel) + "/messages";
    }

    private static void erase(String number) {
        Object endUser = comuta.value("select EndUserID from ClientEndUsers where PhoneNumber = ?", number);
        String erasure = client.post(home + "/end-users/" + endUser + "/erase", null)
                .expect(202)
                .location();
        await().atMost(Comuta.TIMEOUT).until(() -> "Concluída"
                .equals(client.get(erasure).expect(200).json().getString("status")));
    }

    private static Api.Answer send(String messages, JsonObject content) {
        return client.post(messages, new JsonObject().put("content", content));
    }

    private static void assertNamed(String messages, JsonObject content, String field, String limit) {
        String problem =
                send(messages, content).expectProblem(400, "invalid-request").body();
        assertTrue(problem.contains(field) && problem.contains(limit), problem);
    }

    private static JsonObject file(String kind, long mediaId) {
        return new JsonObject().put("contentType", kind).put("file", new JsonObject().put("mediaId", mediaId));
    }

    private static JsonObject document(JsonObject file) {
        return new JsonObject().put("contentType", "Documento").put("file", file);
    }

    private void awaitStatus(String messages, long messageId) {
        await().atMost(Comuta.TIMEOUT).until(() -> client.get(messages + "/" + messageId)
                .expect(200)
                .json()
                .getString("status")
                .matches("Enviada|Entregue|Lida"));
    }

    /** The newest message with a file that the phone has read, once it has this many. */
    private PhoneMessage awaitFile(int count) {
        await().atMost(Comuta.TIMEOUT).until(() -> files().size() >= count);
        return files().getLast();
    }

    private List<PhoneMessage> files() {
        return comuta.sandbox().providers().telephone().messages(person).stream()
                .filter(message -> message.content() != null)
                .filter(message -> message.content().path("file").hasNonNull("id"))
                .toList();
    }

    private static byte[] bytesOf(PhoneMessage message) throws Exception {
        JsonNode file = message.content().path("file");
        URI address = comuta.sandbox()
                .providers()
                .url()
                .resolve("/_sandbox/telefone/files/" + file.path("id").asText());
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray())
                .body();
    }

    private static long upload(String kind, byte[] bytes) {
        return upload(home, comuta.registered().clientKey(), kind, bytes);
    }

    private static long upload(String home, String key, String kind, byte[] bytes) {
        String path = home + "/media?fileName=arquivo&kind="
                + kind.replace("Á", "%C3%81").replace("á", "%C3%A1");
        HttpRequest request = HttpRequest.newBuilder(comuta.server().baseUrl().resolve(path))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertEquals(201, answer.statusCode(), answer.body());
            return new JsonObject(answer.body()).getLong("mediaId");
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] document(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        System.arraycopy("%PDF-".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 5);
        return bytes;
    }
}
