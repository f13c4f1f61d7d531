package dev.comuta.media;

import dev.comuta.media.MediaLinks.Target;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.object.ObjectBody;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemTranslator;
import dev.comuta.platform.rest.ProblemWriter;
import dev.comuta.platform.rest.RequestLabels;
import dev.comuta.platform.rest.RouteCatalogue;
import dev.comuta.platform.security.ProcessConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Serves files by signed links, without a key. A file is decrypted while it is sent. A link that is forged, has ended, or
 * names a file that was removed or that belongs to an inactive client, gets 404. One that runs when this happens is cut
 * off.
 */
@ApplicationScoped
class MediaDownloads {

    private static final String PATH = "/media/{token}";

    private static final Logger LOG = Logger.getLogger(MediaDownloads.class);
    private static final String ROUTE = "/media/:token";
    private static final int BEFORE_FILTERS = -900;
    private static final int PARTIAL = 206;

    private final MediaLinks links;
    private final MediaStore media;
    private final SealedObjects objects;
    private final RunningDownloads sending;
    private final Transactions transactions;
    private final ProblemWriter writer;
    private final ProblemTranslator translator;
    private final ProcessConfig roles;
    private final RouteCatalogue routes;
    private final int maxDownloads;
    private final AtomicInteger running = new AtomicInteger();

    MediaDownloads(
            MediaLinks links,
            MediaStore media,
            SealedObjects objects,
            RunningDownloads sending,
            Transactions transactions,
            ProblemWriter writer,
            ProblemTranslator translator,
            ProcessConfig roles,
            RouteCatalogue routes,
            MediaConfig config) {
        this.links = links;
        this.media = media;
        this.objects = objects;
        this.sending = sending;
        this.transactions = transactions;
        this.writer = writer;
        this.translator = translator;
        this.roles = roles;
        this.routes = routes;
        this.maxDownloads = config.maxDownloads();
    }

    void addRoute(@Observes Router router) {
        if (roles.isWeb()) {
            routes.addFile(PATH);
            router.route(ROUTE)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .order(BEFORE_FILTERS)
                    .handler(this::serve);
        }
    }

    private void serve(RoutingContext routing) {
        RequestLabels.answeredBy(routing, PATH);
        if (running.incrementAndGet() > maxDownloads) {
            running.decrementAndGet();
            writer.write(routing, Problem.unavailable("too many files are being sent", null));
            return;
        }
        find(routing.pathParam("token"))
                .chain(file -> send(routing, file))
                .onTermination()
                .invoke(running::decrementAndGet)
                .subscribe()
                .with(sent -> {}, failure -> fail(routing, failure));
    }

    private Uni<StoredMedia> find(String token) {
        return links.read(token)
                .map(this::find)
                .orElseGet(() -> Uni.createFrom().nullItem())
                .onItem()
                .ifNull()
                .failWith(() -> Problem.of(
                        ProblemType.NOT_FOUND, "the link is not valid, or not any longer: request a new one"));
    }

    private Uni<StoredMedia> find(Target target) {
        return transactions.statementsInTenant(
                target.clientId(), tx -> media.findReadable(tx, target.clientId(), target.mediaId()));
    }

    private Uni<Void> send(RoutingContext routing, StoredMedia file) {
        HttpServerResponse response = routing.response();
        FileHeaders.add(response, file);
        ByteRange range = ByteRange.of(FileHeaders.range(routing.request(), file), file.size());
        if (range == null) {
            FileHeaders.remove(response);
            response.putHeader("Content-Range", "bytes */" + file.size());
            throw Problem.of(ProblemType.RANGE_NOT_SATISFIABLE, "Range: the file has only " + file.size() + " bytes");
        }
        if (range.partial()) {
            response.setStatusCode(PARTIAL).putHeader("Content-Range", range.contentRange(file.size()));
        }
        response.putHeader("Content-Length", Long.toString(range.length()));
        if (HttpMethod.HEAD.equals(routing.request().method())) {
            response.end();
            return Uni.createFrom().voidItem();
        }
        return objects.open(file.object(), range.first(), range.length()).chain(body -> copy(response, file, body));
    }

    private Uni<Void> copy(HttpServerResponse response, StoredMedia file, ObjectBody body) {
        Runnable ended = sending.add(new Target(file.clientId(), file.mediaId()), response::reset);
        response.closeHandler(closed -> body.release().run());
        return body.to(response)
                .chain(() ->
                        Uni.createFrom().completionStage(() -> response.end().toCompletionStage()))
                .onTermination()
                .invoke(ended);
    }

    /**
     * A response that has begun cannot become a problem: it is cut off, so that the receiver sees that it is incomplete. A
     * receiver that has closed the connection may have the whole file; objects fail otherwise than by an IOException.
     */
    private void fail(RoutingContext routing, Throwable failure) {
        boolean begun = routing.response().headWritten();
        if (routing.response().closed() || (begun && failure instanceof IOException)) {
            LOG.debugf("the receiver of a file has closed the connection: %s", failure);
        } else if (begun) {
            LOG.warnf("a file was not sent whole: %s", failure.getMessage());
            routing.response().reset();
        } else {
            Problem problem = translator.failure(failure);
            if (problem.type() != ProblemType.RANGE_NOT_SATISFIABLE) {
                FileHeaders.remove(routing.response());
            }
            writer.write(routing, problem);
        }
    }
}
