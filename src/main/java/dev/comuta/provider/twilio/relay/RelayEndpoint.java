package dev.comuta.provider.twilio.relay;

import dev.comuta.call.CallRef;
import dev.comuta.call.talk.Talk;
import dev.comuta.call.talk.Talks;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.ProblemTranslator;
import dev.comuta.platform.rest.ProblemWriter;
import dev.comuta.platform.rest.RequestLabels;
import dev.comuta.platform.security.ProcessConfig;
import dev.comuta.provider.twilio.TwilioAccount;
import dev.comuta.provider.twilio.TwilioAddresses;
import dev.comuta.provider.twilio.TwilioSockets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Opens the WebSockets of Twilio. Everything is checked before the upgrade: the signature, the channel, and whether the
 * place of the call is free. A refusal is a response without an upgrade.
 */
@ApplicationScoped
class RelayEndpoint {

    /** Before all filters, because a request that was read cannot be upgraded. */
    private static final int BEFORE_FILTERS = -900;

    private static final String PATH = TwilioAddresses.RELAY_PATH + "/{channelId}/{callId}/{place}";
    private static final String ROUTE = TwilioAddresses.RELAY_PATH + "/:channelId/:callId/:place";
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PLACE = Pattern.compile("[a-z0-9-]{1,40}");

    private final TwilioSockets sockets;
    private final Talks talks;
    private final RelayHolder holder;
    private final ProblemWriter writer;
    private final ProblemTranslator translator;
    private final ProcessConfig roles;

    RelayEndpoint(
            TwilioSockets sockets,
            Talks talks,
            RelayHolder holder,
            ProblemWriter writer,
            ProblemTranslator translator,
            ProcessConfig roles) {
        this.sockets = sockets;
        this.talks = talks;
        this.holder = holder;
        this.writer = writer;
        this.translator = translator;
        this.roles = roles;
    }

    /** A talk and the account whose call it is. */
    private record Opened(Talk talk, String accountSid) {}

    void addRoute(@Observes Router router) {
        if (roles.isWeb()) {
            router.route(HttpMethod.GET, ROUTE).order(BEFORE_FILTERS).handler(this::admit);
        }
    }

    private void admit(RoutingContext routing) {
        RequestLabels.answeredBy(routing, PATH);
        HttpServerRequest request = routing.request();
        try {
            long channelId = id(routing, "channelId");
            long callId = id(routing, "callId");
            String place = routing.pathParam("place");
            if (!PLACE.matcher(place).matches() || !isUpgrade(request)) {
                throw Problem.notFound("connection");
            }
            Runnable release = holder.acquire();
            request.pause();
            sockets.signed(channelId, request.uri(), request.getHeader(TwilioSockets.SIGNATURE))
                    .chain(route -> open(route, channelId, callId, place))
                    .subscribe()
                    .with(opened -> upgrade(request, opened, release), failure -> {
                        release.run();
                        refuse(routing, failure);
                    });
        } catch (Problem problem) {
            writer.write(routing, problem);
        }
    }

    private static long id(RoutingContext routing, String name) {
        String text = routing.pathParam(name);
        if (!ID.matcher(text).matches()) {
            throw Problem.notFound("connection");
        }
        return Long.parseLong(text);
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    private Uni<Opened> open(ChannelRoute route, long channelId, long callId, String place) {
        if (!ChannelTypes.VOICE_CALL.equals(route.channelType())) {
            throw Problem.notFound("channel");
        }
        String accountSid = TwilioAccount.of(route.credentials()).accountSid();
        return talks.open(new CallRef(route.ref().clientId(), callId), channelId, place, holder.id())
                .map(talk -> new Opened(talk, accountSid));
    }

    private void upgrade(HttpServerRequest request, Opened opened, Runnable release) {
        request.toWebSocket()
                .onSuccess(socket -> holder.hold(socket, opened.talk(), opened.accountSid(), release))
                .onFailure(failure -> {
                    release.run();
                    talks.close(opened.talk()).subscribe().with(closed -> {}, notClosed -> {});
                });
    }

    private void refuse(RoutingContext routing, Throwable failure) {
        routing.request().resume();
        writer.write(routing, translator.failure(failure));
    }
}
