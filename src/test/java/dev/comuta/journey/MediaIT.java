package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files: uploaded through the API, and read by links. */
class MediaIT {

    private static final byte[] JPEG = picture(200_000);
    private static final int MIB = 1 << 20;

    private static Comuta comuta;
    private static HttpClient http;

    private Company company;
    private Api administrator;
    private String key;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        http = HttpClient.newHttpClient();
    }

    @BeforeEach
    void registerClient() {
        company = Company.create(comuta, "Arquivos " + UUID.randomUUID());
        JsonObject created = company.createKey(new JsonObject());
        key = created.getString("key");
        administrator = company.as(created);
    }

    @Test
    void uploadedFileIsReadByItsLink() throws Exception {
        JsonObject file = upload("Imagem", JPEG);
        assertEquals("Disponível", file.getString("status"));
        assertEquals("image/jpeg", file.getString("mimeType"));
        assertEquals(JPEG.length, file.getInteger("size"));

        HttpResponse<byte[]> whole = get(link(file));
        assertEquals(200, whole.statusCode());
        assertArrayEquals(JPEG, whole.body());
        assertHeader("image/jpeg", whole, "content-type");
        assertHeader("inline; filename*=UTF-8''casa%20%C3%A0%20venda.jpg", whole, "content-disposition");
        assertHeader("nosniff", whole, "x-content-type-options");
        assertHeader("default-src 'none'; sandbox", whole, "content-security-policy");
    }

    @Test
    void partOfAFileIsRead() throws Exception {
        URI link = link(upload("Imagem", JPEG));

        HttpResponse<byte[]> part = get(link, "range", "bytes=70000-140000");
        assertEquals(206, part.statusCode());
        assertHeader("bytes 70000-140000/200000", part, "content-range");
        assertArrayEquals(Arrays.copyOfRange(JPEG, 70_000, 140_001), part.body());
        HttpResponse<byte[]> beyond = get(link, "range", "bytes=200000-");
        assertEquals(416, beyond.statusCode());
        assertHeader("bytes */200000", beyond, "content-range");
        assertEquals(
                "https://comuta.dev/problems/range-not-satisfiable",
                new JsonObject(new String(beyond.body(), StandardCharsets.UTF_8)).getString("type"));
        String version = part.headers().firstValue("etag").orElseThrow();
        assertEquals(206, get(link, "range", "bytes=0-9", "if-range", version).statusCode());
        assertEquals(200, get(link, "range", "bytes=0-9", "if-range", "\"x\"").statusCode());
    }

    @Test
    void documentIsDownloadedAndNotShown() throws Exception {
        byte[] page = "%PDF-1.7 <script>".getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = get(link(upload("Documento", page)));
        assertTrue(answer.headers().firstValue("content-disposition").orElse("").startsWith("attachment"));
    }

    @Test
    void linkEndsWithTheFileTheClientAndItsSignature() throws Exception {
        JsonObject file = upload("Imagem", JPEG);
        URI link = link(file);
        String forged = link.toString();
        char last = forged.charAt(40);
        assertEquals(
                404,
                get(URI.create(forged.substring(0, 40) + (last == 'A' ? 'B' : 'A') + forged.substring(41)))
                        .statusCode());

        comuta.platform()
                .patch(company.home(), new JsonObject().put("status", "Inativo"))
                .expect(200);
        assertEquals(404, get(link).statusCode());
        comuta.platform()
                .patch(company.home(), new JsonObject().put("status", "Ativo"))
                .expect(200);
        assertEquals(200, get(link).statusCode());

        comuta.sandbox().postgres().query("delete from MediaObjects where MediaID = ?", file.getLong("mediaId"));
        assertEquals(404, get(link).statusCode());
    }

    @Test
    void anotherClientsKeyFindsNothing() throws Exception {
        JsonObject file = upload("Imagem", JPEG);
        Company other = Company.create(comuta, "Outra " + UUID.randomUUID());
        String path = "/media/" + file.getLong("mediaId");
        other.administrator().post(other.home() + path + "/link", null).expectProblem(404, "not-found");
        other.administrator().post(company.home() + path + "/link", null).expectProblem(404, "not-found");
        other.administrator().get(other.home() + path).expectProblem(404, "not-found");
        administrator.get(company.home() + path).expect(200);
    }

    @Test
    void brokerSeesOnlyOwnFiles() throws Exception {
        JsonObject file = upload("Imagem", JPEG);
        Api broker = company.user(company.id("userId"));
        broker.get(company.home() + "/media/" + file.getLong("mediaId")).expectProblem(404, "not-found");
    }

    @Test
    void limitsAreNamedBeforeAnythingIsStored() throws Exception {
        HttpResponse<String> declared = send("Imagem", BodyPublishers.ofByteArray(picture(6 * MIB)));
        assertEquals(400, declared.statusCode(), declared.body());
        assertTrue(declared.body().contains("5 MB"), declared.body());
        byte[] large = picture(6 * MIB);
        HttpResponse<String> chunked =
                send("Imagem", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        assertEquals(400, chunked.statusCode(), chunked.body());
        assertTrue(chunked.body().contains("5 MB"), chunked.body());
        HttpResponse<String> page = send("Imagem", BodyPublishers.ofString("<html></html>"));
        assertEquals(400, page.statusCode(), page.body());
        HttpResponse<String> unknown = send("Planilha", BodyPublishers.ofByteArray(JPEG));
        assertEquals(400, unknown.statusCode(), unknown.body());
        assertEquals(1L, stored(), "only the file of the company");
    }

    @Test
    void otherBodiesKeepTheirLimit() throws Exception {
        byte[] large = new byte[2 * MIB];
        HttpRequest request = HttpRequest.newBuilder(at(company.home() + "/end-users"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();
        assertEquals(413, http.send(request, BodyHandlers.ofString()).statusCode());
    }

    @Test
    void limitOfStoredBytesIsCounted() throws Exception {
        comuta.platform()
                .send("PUT", company.home() + "/limits", "{\"limits\": {\"storedMegabytes\": 1}}")
                .expect(200);
        upload("Documento", document(2 * MIB));
        HttpResponse<String> second = send("Imagem", BodyPublishers.ofByteArray(JPEG));
        assertEquals(429, second.statusCode(), second.body());
        assertTrue(second.body().contains("storedMegabytes"), second.body());
    }

    /** Each upload finds room when it begins; only one finds it when it is stored. */
    @Test
    void limitOfStoredBytesHoldsForUploadsAtOnce() {
        comuta.platform()
                .send("PUT", company.home() + "/limits", "{\"limits\": {\"storedMegabytes\": 1}}")
                .expect(200);
        long before = stored();
        List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> status("Documento", document(2 * MIB)), task -> new Thread(task).start()))
                .limit(6)
                .toList();
        List<Integer> statuses =
                answers.stream().map(CompletableFuture::join).sorted().toList();
        assertEquals(List.of(201, 429, 429, 429, 429, 429), statuses);
        assertEquals(before + 1, stored());
    }

    private int status(String kind, byte[] body) {
        try {
            return send(kind, BodyPublishers.ofByteArray(body)).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void receiversThatCloseTheirConnectionLeaveNoErrorInTheLog() throws Exception {
        URI link = link(upload("Documento", document(20 * MIB)));
        long logged = Files.size(comuta.server().log());
        for (int i = 0; i < 20; i += 2) {
            try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
                connection.write("GET " + link.getPath() + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
                connection.skip((long) i * MIB);
            }
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(20 * MIB, get(link).body().length);
        }
        byte[] lines = Files.readAllBytes(comuta.server().log());
        String log = new String(Arrays.copyOfRange(lines, (int) logged, lines.length), StandardCharsets.UTF_8);
        assertFalse(log.contains("File handle is closed"), log);
        assertFalse(log.contains("Mutiny had to drop"), log);
        assertFalse(log.contains("not sent whole"), log);
    }

    /** Neither the server nor the kernel keeps the file: its pages of the disk are not counted as the server's. */
    @Test
    void largeDocumentPassesWithoutStayingInMemory() throws Exception {
        byte[] document = document(90 * MIB);
        for (int i = 0; i < 2; i++) {
            get(link(upload("Documento", document(20 * MIB))));
        }
        long before = memory();
        URI link = link(upload("Documento", document));
        HttpResponse<byte[]> read = get(link);
        long grown = memory() - before;
        assertEquals(Arrays.hashCode(document), Arrays.hashCode(read.body()));
        assertTrue(grown < 32 * MIB, () -> "the server grew by " + grown / MIB + " MiB");
    }

    private static long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + comuta.server().pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    private long stored() {
        return (Long) comuta.value("select count(*) from MediaObjects where ClientID = ?", company.id("clientId"));
    }

    private JsonObject upload(String kind, byte[] bytes) throws Exception {
        HttpResponse<String> answer = send(kind, BodyPublishers.ofByteArray(bytes));
        assertEquals(201, answer.statusCode(), answer.body());
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> send(String kind, BodyPublisher body) throws Exception {
        String path = company.home() + "/media?kind=" + kind + "&fileName=casa%20%C3%A0%20venda.jpg";
        HttpRequest request = HttpRequest.newBuilder(at(path))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/octet-stream")
                .POST(body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static URI at(String path) {
        return URI.create(comuta.server().baseUrl().toString().replaceFirst("/$", "") + path.replace("á", "%C3%A1"));
    }

    private URI link(JsonObject file) {
        Answer answer = administrator
                .post(company.home() + "/media/" + file.getLong("mediaId") + "/link", null)
                .expect(200);
        return at(URI.create(answer.json().getString("url")).getPath());
    }

    private static HttpResponse<byte[]> get(URI link, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(link);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void assertHeader(String expected, HttpResponse<?> answer, String name) {
        assertEquals(expected, answer.headers().firstValue(name).orElse(null));
    }

    private static byte[] picture(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xd8;
        bytes[2] = (byte) 0xff;
        return bytes;
    }

    private static byte[] document(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        System.arraycopy("%PDF-".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 5);
        return bytes;
    }
}
