package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends the question of scenario 2 from the phone, waits for the answer, and prints the resulting rows and requests.
 */
final class Demo {

    private static final String PHONE = "+5511998765432";
    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static final String OPEN_TASKS = """
            select count(*) as open from BackgroundTasks
            where SessionID = ? and Status in ('Pendente', 'Em Andamento')""";

    private final RunFile run;
    private final PrintStream terminal;
    private final PlatformSql sql;
    private final int gatewayBefore;
    private final int crmBefore;

    Demo(RunFile run, PrintStream terminal) {
        this.run = run;
        this.terminal = terminal;
        this.sql = PlatformSql.at(run.dbUrl());
        this.gatewayBefore = requests("gateway").size();
        this.crmBefore = requests("crm").size();
    }

    /** Prints the result, then throws with the first expectation that was not met. */
    void show() {
        sendQuestion();
        boolean answered =
                Waiting.until(Duration.ofSeconds(60), () -> requests("gateway").size() > gatewayBefore);
        Object session = session();
        Waiting.until(Duration.ofSeconds(10), () -> hasNoOpenTask(session));
        print(session);
        require(answered, "no answer reached the gateway within 60 s");
        require(requests("crm").size() > crmBefore, "the CRM received no request");
        terminal.println("\nThe answer reached " + PHONE + ".");
    }

    private void sendQuestion() {
        String to = run.channels().get("whatsapp").identifier();
        terminal.println("\n" + PHONE + " writes to " + to + ": " + QUESTION);
        String body = Json.write(Map.of("from", PHONE, "to", to, "message", QUESTION));
        HttpResponse<String> response = send("POST", "/_sandbox/telefone/messages", BodyPublishers.ofString(body));
        terminal.println("POST /webhooks/whatsapp answered " + response.statusCode());
        require(response.statusCode() / 100 == 2, "the server did not accept the message: " + response.body());
    }

    private Object session() {
        List<Map<String, Object>> rows = sql.query("""
                select s.SessionID from Sessions s join ClientEndUsers e on e.EndUserID = s.EndUserID
                where s.ClientID = ? and e.PhoneNumber = ? order by s.SessionID desc limit 1""", run.clientId(), PHONE);
        require(!rows.isEmpty(), "the message opened no session");
        return rows.getFirst().get("sessionid");
    }

    private boolean hasNoOpenTask(Object session) {
        return sql.query(OPEN_TASKS, session).getFirst().get("open").equals(0L);
    }

    private void print(Object session) {
        table(
                "Messages of session " + session,
                sql.query(
                        "select MessageID, Timestamp as Time, SenderType, Content from Messages"
                                + " where SessionID = ? order by MessageID",
                        session));
        table(
                "BackgroundTasks",
                sql.query(
                        "select TaskID, TaskType, Status, Attempts, ResultData from BackgroundTasks"
                                + " where SessionID = ? order by TaskID",
                        session));
        table(
                "Events",
                sql.query(
                        "select EventID, Timestamp as Time, EventType, EventData from Events"
                                + " where SessionID = ? order by EventID",
                        session));
        table("Requests at the CRM", requestRows("crm", crmBefore));
        table("Requests at the gateway", requestRows("gateway", gatewayBefore));
    }

    private void table(String title, List<Map<String, Object>> rows) {
        terminal.print(TextTable.of(title, rows));
    }

    private List<Map<String, Object>> requestRows(String provider, int before) {
        List<RecordedRequest> all = requests(provider);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (RecordedRequest request : all.subList(Math.min(before, all.size()), all.size())) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("time", request.at());
            row.put("method", request.method());
            row.put("path", request.path());
            row.put("body", text(request.body()));
            rows.add(row);
        }
        return rows;
    }

    /** The message text of a gateway request; any other body unchanged. */
    private static String text(String body) {
        if (!body.startsWith("{")) {
            return body;
        }
        JsonNode message = Json.read(body).path("message");
        return message.isTextual() ? message.asText() : body;
    }

    private List<RecordedRequest> requests(String provider) {
        String query = "?provider=" + URLEncoder.encode(provider, StandardCharsets.UTF_8);
        String json = send("GET", "/_sandbox/requests" + query, BodyPublishers.noBody())
                .body();
        return List.of(Json.read(json, RecordedRequest[].class));
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(run.sandboxUrl().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .method(method, body)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("The sandbox at " + run.sandboxUrl() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
