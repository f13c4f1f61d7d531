package dev.comuta.platform.http;

import dev.comuta.platform.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Outgoing calls without a server, to servers on this machine. */
public final class TestOutbound {

    private TestOutbound() {}

    /** Calls every host at the loopback address. */
    public static OutboundHttp onThisMachine(Vertx vertx) {
        HostResolver loopback = host -> Uni.createFrom().item(List.of(InetAddress.getLoopbackAddress()));
        SsrfGuard guard =
                new SsrfGuard(loopback, client -> Uni.createFrom().item(Set.of()), OutboundSettings.development());
        return new OutboundHttp(vertx, guard, new Tracing(OpenTelemetry.noop(), () -> true), Clock.systemUTC());
    }
}
