package dev.comuta.access;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rate.CallerAddress;
import dev.comuta.platform.rate.RateBuckets;
import dev.comuta.platform.rate.RateBuckets.Rate;
import dev.comuta.platform.rate.RateLimitHeaders;
import dev.comuta.platform.rest.ProblemWriter;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/** Limits the requests for sign-in from one network, because they need no key and each costs a transaction. */
@ApplicationScoped
class SignInRates {

    private static final String LIMIT = "signInRequestsPerMinute";
    private static final String PATHS = "/sign-in/*";

    /** Before authentication and before the body is read. */
    private static final int BEFORE_FILTERS = -900;

    private final RateBuckets<String> buckets;
    private final AccessConfig config;
    private final ProblemWriter writer;

    SignInRates(Clock clock, AccessConfig config, ProblemWriter writer) {
        this.buckets = new RateBuckets<>(clock);
        this.config = config;
        this.writer = writer;
    }

    void addRoute(@Observes Router router) {
        router.route(HttpMethod.POST, PATHS).order(BEFORE_FILTERS).handler(this::count);
    }

    private void count(RoutingContext routing) {
        Rate rate = buckets.take(CallerAddress.network(routing.request()), config.requestsPerMinute());
        RateLimitHeaders.add(routing.response(), LIMIT, rate);
        if (rate.allowed()) {
            routing.next();
        } else {
            writer.write(routing, Problem.limited(LIMIT, rate.retryAfter()));
        }
    }
}
