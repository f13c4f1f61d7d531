package dev.comuta.platform.http;

import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.Future;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Queries this machine's name servers without blocking a thread, because a client's name server may be slow. Names are
 * complete: the machine's search domains do not apply, because they lead into its own network.
 */
@ApplicationScoped
class DnsHostResolver implements HostResolver {

    private static final int MAX_CACHE_SECONDS = 60;

    private final DnsNameResolver dns;

    @Inject
    DnsHostResolver(Vertx vertx, OutboundConfig config) {
        this(vertx, config, DnsServerAddressStreamProviders.platformDefault());
    }

    DnsHostResolver(Vertx vertx, OutboundConfig config, DnsServerAddressStreamProvider servers) {
        VertxInternal internal = (VertxInternal) vertx;
        this.dns = new DnsNameResolverBuilder(internal.getEventLoopGroup().next())
                .datagramChannelFactory(() -> internal.transport().datagramChannel())
                .nameServerProvider(servers)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .searchDomains(List.of())
                .ttl(0, MAX_CACHE_SECONDS)
                .queryTimeoutMillis(config.lookUpTimeLimit().toMillis())
                .build();
    }

    @Override
    public Uni<List<InetAddress>> resolve(String host) {
        return Uni.createFrom().completionStage(() -> stage(dns.resolveAll(host)));
    }

    private static <T> CompletionStage<T> stage(Future<T> future) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        future.addListener((Future<T> done) -> {
            if (done.isSuccess()) {
                stage.complete(done.getNow());
            } else {
                stage.completeExceptionally(done.cause());
            }
        });
        return stage;
    }

    @PreDestroy
    void close() {
        dns.close();
    }
}
