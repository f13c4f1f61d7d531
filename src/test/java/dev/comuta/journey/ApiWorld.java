package dev.comuta.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.ApiDescription.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client company of its own for one operation, with the things that the operation's path and body name. A thing is made
 * by the documented POST on its collection; what no POST makes is made in {@link #given}.
 */
final class ApiWorld {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final String CLIENT = "/clients/{clientId}";

    /** What must have happened before an operation can succeed. */
    private static final Map<String, String> BEFORE = Map.of("releaseSession", "handOffSession");

    private final Comuta comuta;
    private final ApiDescription description;
    private final Api platform;
    private final Operation about;
    private final Map<String, String> ids = new HashMap<>();

    ApiWorld(Comuta comuta, ApiDescription description, Operation about) {
        this.comuta = comuta;
        this.description = description;
        this.platform = comuta.platform();
        this.about = about;
    }

    /** Does what must come before the operation. */
    ApiWorld prepared() {
        String first = BEFORE.get(about.id());
        description.operations().filter(one -> one.id().equals(first)).forEach(this::send);
        return this;
    }

    /** The documented request, with things that exist. */
    Answer send(Operation operation) {
        ObjectNode body = body(operation);
        return platform.send(operation.method(), place(operation.path()), body == null ? null : body.toString());
    }

    /** The company itself. */
    String clientId() {
        return id(CLIENT, "clientId");
    }

    /** The path with the ids of things that exist. */
    String place(String path) {
        Matcher parameter = PARAMETER.matcher(path);
        StringBuilder place = new StringBuilder();
        while (parameter.find()) {
            parameter.appendReplacement(place, id(path.substring(0, parameter.end()), parameter.group(1)));
        }
        return parameter.appendTail(place).toString();
    }

    /** The documented body, with values of its own where two may not be equal; null when the operation takes none. */
    ObjectNode body(Operation operation) {
        ObjectNode body = operation.bodyExample();
        if (body != null) {
            List.copyOf(body.properties()).forEach(field -> {
                String value = fresh(operation, field.getKey());
                if (value != null && field.getValue().isNumber()) {
                    body.put(field.getKey(), Long.parseLong(value));
                } else if (value != null) {
                    body.put(field.getKey(), value);
                }
            });
        }
        return body;
    }

    private String fresh(Operation operation, String field) {
        return switch (field) {
            case "phoneNumber", "channelIdentifier" -> Comuta.newNumber();
            case "email" -> UUID.randomUUID() + "@example.com";
            case "toolName" -> "t" + UUID.randomUUID().toString().replace('-', '_');
            case "outboundUrl" ->
                comuta.sandbox().providers().url().resolve("/gateway/messages").toString();
            case "userId", "defaultUserId" -> idUnlessOwn(operation, "users", "userId");
            case "assistantId" -> idUnlessOwn(operation, "assistants", "assistantId");
            case "endUserId" -> idUnlessOwn(operation, "end-users", "endUserId");
            case "channelId" -> idUnlessOwn(operation, "channels", "channelId");
            default -> null;
        };
    }

    /** What an operation adds to a client's collection must be in the platform's; anything else is the client's. */
    private String idUnlessOwn(Operation operation, String collection, String parameter) {
        String ofClient = CLIENT + "/" + collection;
        String path =
                operation.path().startsWith(CLIENT) && !operation.path().equals(ofClient) ? ofClient : "/" + collection;
        return id(path + "/{" + parameter + "}", parameter);
    }

    private String id(String path, String parameter) {
        String known = ids.get(path);
        if (known == null) {
            known = make(path, parameter);
            ids.put(path, known);
        }
        return known;
    }

    private String make(String path, String parameter) {
        String collection = path.substring(0, path.lastIndexOf('/'));
        return description
                .operation("POST", collection)
                .map(create -> send(create).expect(201).json().getValue(parameter))
                .map(Object::toString)
                .orElseGet(() -> given(path, parameter));
    }

    /** What happens to a company by itself: people write, tasks run and fail. */
    private String given(String path, String parameter) {
        return switch (parameter) {
            case "sessionId" ->
                row(
                        "insert into Sessions (ClientID, ChannelID, EndUserID) values (?, ?, ?) returning SessionID",
                        Long.parseLong(clientId()),
                        number(CLIENT + "/channels/{channelId}", "channelId"),
                        number(CLIENT + "/end-users/{endUserId}", "endUserId"));
            case "taskId" ->
                row(
                        "insert into BackgroundTasks (SessionID, TaskType, Status, NotBefore) "
                                + "values (?, 'ConsultaCRM', ?, now() + interval '1 day') returning TaskID",
                        number(CLIENT + "/sessions/{sessionId}", "sessionId"),
                        "retryTask".equals(about.id()) ? "Falhou" : "Pendente");
            case "alertId" ->
                row(
                        "insert into Alerts (ClientID, Cause, Detail) values (?, ?, 'x') returning AlertID",
                        path.startsWith(CLIENT) ? Long.parseLong(clientId()) : null,
                        UUID.randomUUID().toString());
            default ->
                throw new AssertionError("no POST of the API makes a {" + parameter + "} for " + path
                        + ": say in ApiWorld.given how one comes to be");
        };
    }

    private String row(String insert, Object... values) {
        return comuta.value(insert, values).toString();
    }

    private long number(String path, String parameter) {
        return Long.parseLong(id(path, parameter));
    }
}
