package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The API of a LiveKit server (Twirp with JSON) with the rooms and calls of its projects: tokens and their grants are
 * checked, telephones ring and answer as a script says, and signed webhooks report what happens.
 */
public final class LiveKitProvider implements SimulatedProvider, AutoCloseable {

    static final String NAME = "livekit";

    /** API key of the project of {@code make run}. */
    static final String SANDBOX = "APIsandbox";

    /** The agent that joins the rooms of that project for which it is requested. */
    static final String AGENT = "recepcao";

    private static final String BASE = "/twirp/livekit.";
    private static final String BEARER = "Bearer ";

    private final Map<String, LiveKitProject> projects = new ConcurrentHashMap<>();
    private final LiveKitWebhooks webhooks = new LiveKitWebhooks();
    private final PhoneFiles files;

    LiveKitProvider(PhoneFiles files) {
        this.files = files;
    }

    /** Registers a project, or one more outbound trunk of it. */
    public void register(String apiKey, String secret, String trunkId, String... numbers) {
        projects.computeIfAbsent(apiKey, key -> new LiveKitProject(key, secret, webhooks, files))
                .calls()
                .trunk(trunkId, List.of(numbers));
    }

    /** Sets what the next calls of a project to a number meet, one entry each; the last one stays. */
    public void callee(String apiKey, String number, LiveKitCallee... script) {
        project(apiKey).calls().callee(number, List.of(script));
    }

    /** The callee of a call that rings answers. */
    public void answer(String apiKey, String room, String identity) {
        project(apiKey).calls().answer(room, identity);
    }

    /** The telephone of a participant hangs up, or declines when it rings. */
    public void hangUp(String apiKey, String room, String identity) {
        project(apiKey).calls().hangUp(room, identity);
    }

    /** Leads calls to a number of a project to rooms whose names begin with the prefix. */
    public void rule(String apiKey, String number, String roomPrefix) {
        project(apiKey).calls().rule(number, roomPrefix);
    }

    /**
     * A person calls a number of a project.
     *
     * @param attributes of the participant, besides the usual ones
     * @return the name of the room; empty when no dispatch rule matches
     */
    public Optional<String> callIn(String apiKey, String from, String to, Map<String, String> attributes) {
        return project(apiKey).calls().callIn(from, to, attributes);
    }

    /** A participant with a browser joins a room. */
    public void join(String apiKey, String room, String identity) {
        LiveKitRooms rooms = project(apiKey).rooms();
        rooms.join(rooms.get(room), new LiveKitParticipant(identity, "STANDARD", Map.of()));
    }

    /** Another telephone joins a room. */
    public void telephone(String apiKey, String room, String number) {
        LiveKitRooms rooms = project(apiKey).rooms();
        rooms.join(
                rooms.get(room),
                new LiveKitParticipant("sip_" + number, "SIP", Map.of("sip.callID", Secrets.sid("SCL_"))));
    }

    /** Starts an agent that joins each room for which it is requested. */
    public void agent(String apiKey, String name) {
        project(apiKey).agent(name);
    }

    /** Sets what becomes of the recordings of a project. */
    public void recorder(String apiKey, LiveKitRecorder next) {
        project(apiKey).recorder(next);
    }

    /** The names of the rooms of a project that have not ended. */
    public List<String> rooms(String apiKey) {
        return project(apiKey).rooms().named(List.of()).stream()
                .map(LiveKitRoom::name)
                .toList();
    }

    /** How many calls a project dialed. */
    public int dialed(String apiKey) {
        return project(apiKey).calls().dialed();
    }

    /** The events that the projects post. */
    public LiveKitWebhooks webhooks() {
        return webhooks;
    }

    /** Sets the address of the server; without it no event is posted. */
    void server(URI baseUrl) {
        webhooks.server(baseUrl);
    }

    private LiveKitProject project(String apiKey) {
        LiveKitProject project = projects.get(apiKey);
        if (project == null) {
            throw new IllegalArgumentException("no project " + apiKey);
        }
        return project;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith(BASE) || path.startsWith(LiveKitProject.FILES);
    }

    @Override
    public void answer(Exchange exchange) {
        if (exchange.path().startsWith(LiveKitProject.FILES)) {
            files.find(exchange.path().substring(LiveKitProject.FILES.length()))
                    .ifPresentOrElse(exchange::answerBytes, () -> exchange.answer(404, "text/plain", "no file"));
            return;
        }
        String token = exchange.header("authorization").replaceFirst("^" + BEARER, "");
        JsonNode claims = LiveKitJwt.claims(token).orElse(null);
        LiveKitProject project =
                claims == null ? null : projects.get(claims.path("iss").asText());
        if (!exchange.header("authorization").startsWith(BEARER) || claims == null) {
            exchange.answer(401, "text/plain", "invalid authorization token: malformed");
        } else if (project == null) {
            exchange.answer(401, "text/plain", "invalid API key");
        } else if (!LiveKitJwt.isValid(project.secret(), token, Instant.now())) {
            exchange.answer(401, "text/plain", "invalid authorization token: signature or time");
        } else {
            answer(exchange, project, claims);
        }
    }

    private static void answer(Exchange exchange, LiveKitProject project, JsonNode claims) {
        String method = exchange.path().substring(BASE.length());
        LiveKitRequest request = new LiveKitRequest(Json.read(exchange.body()));
        try {
            if (!permits(claims, method, request)) {
                throw LiveKitError.noPermission();
            }
            var _ = project.answer(method, request, exchange.origin()).whenComplete((response, failure) -> {
                if (failure == null) {
                    exchange.answer(200, response);
                } else {
                    refuse(exchange, failure);
                }
            });
        } catch (LiveKitError refused) {
            refused.answer(exchange);
        }
    }

    private static void refuse(Exchange exchange, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof LiveKitError refused) {
            refused.answer(exchange);
        } else {
            exchange.answer(500, Map.of("code", "internal", "msg", String.valueOf(cause)));
        }
    }

    /** The grants that the server requires of each method. */
    private static boolean permits(JsonNode claims, String method, LiveKitRequest request) {
        JsonNode video = claims.path("video");
        JsonNode sip = claims.path("sip");
        String room = request.text("room").isEmpty() ? request.text("room_name") : request.text("room");
        boolean administers = video.path("roomAdmin").asBoolean()
                && video.path("room").asText().equals(room);
        return switch (method) {
            case "RoomService/CreateRoom", "RoomService/DeleteRoom" ->
                video.path("roomCreate").asBoolean();
            case "RoomService/ListRooms" -> video.path("roomList").asBoolean();
            case "SIP/CreateSIPParticipant" -> sip.path("call").asBoolean();
            case "SIP/TransferSIPParticipant" -> sip.path("call").asBoolean() && administers;
            default -> {
                if (method.startsWith("Egress/")) {
                    yield video.path("roomRecord").asBoolean();
                }
                yield method.startsWith("SIP/") ? sip.path("admin").asBoolean() : administers;
            }
        };
    }

    @Override
    public void close() {
        webhooks.close();
    }
}
