package dev.comuta.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All simulated providers, the phone page and the sandbox's own pages on one HTTP port.
 *
 * <p>Every request to a provider is recorded, also when a fault answers it.
 */
public final class SimulatedProviders implements AutoCloseable {

    private final RecordedRequests requests = new RecordedRequests();
    private final ChannelSecrets channels = new ChannelSecrets();
    private final PhoneMessages phoneMessages = new PhoneMessages();
    private final Telephone telephone = new Telephone(channels, phoneMessages);
    private final CrmProvider crm = new CrmProvider();
    private final OpenAiProvider openAi = new OpenAiProvider();
    private final TwilioProvider twilio = new TwilioProvider(phoneMessages);
    private final MetaProvider meta = new MetaProvider();
    private final TraceCollector traces = new TraceCollector();
    private final List<SimulatedProvider> providers = List.of(
            new GatewayProvider(channels, phoneMessages), crm, openAi, new AgentProvider(), twilio, meta, traces);
    private final Faults faults;
    private final ControlPages pages;
    private final HttpServer server;

    private SimulatedProviders(Vertx vertx, String host, int port, Mailbox mailbox) {
        faults = new Faults(vertx);
        pages = new ControlPages(requests, faults, crm, twilio, openAi, telephone, mailbox, meta);
        server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port));
        Waiting.on(server.requestHandler(this::receive).listen());
    }

    /** Listens on the port of 127.0.0.1, 0 for a free one. */
    public static SimulatedProviders launch(Vertx vertx, int port, Mailbox mailbox) {
        return launch(vertx, "127.0.0.1", port, mailbox);
    }

    /** Listens on the port of an address of this machine. */
    static SimulatedProviders launch(Vertx vertx, String host, int port, Mailbox mailbox) {
        return new SimulatedProviders(vertx, host, port, mailbox);
    }

    /** Where they are: {@code http://127.0.0.1:port}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** The Graph API, and the app that posts webhooks. */
    public MetaProvider meta() {
        return meta;
    }

    /** The collector of traces. */
    public TraceCollector traces() {
        return traces;
    }

    /** The phones of the end users. */
    public Telephone telephone() {
        return telephone;
    }

    /** The simulated Twilio. */
    public TwilioProvider twilio() {
        return twilio;
    }

    /** Makes a channel known: its messages are verified and the phone can write to it. */
    public void registerChannel(String channelType, String identifier, String webhookSecret) {
        channels.register(channelType, identifier, webhookSecret);
    }

    /** Makes what was registered at a server known to providers and phones. */
    void adopt(Registration.Registered registered, URI server) {
        for (Registration.Channel channel : List.of(registered.whatsapp(), registered.voice())) {
            registerChannel(channel.channelType(), channel.identifier(), channel.webhookSecret());
        }
        Registration.Twilio account = registered.twilio();
        twilio.register(account.accountSid(), account.authToken(), account.number());
        server(server);
    }

    /** Tells those who call the server where it is now. */
    public void server(URI server) {
        telephone.server(server);
        meta.server(server);
    }

    /** The requests that a provider received, in order. */
    public List<RecordedRequest> requests(String provider) {
        return requests.of(provider);
    }

    /** How many requests a provider received. */
    public int requestCount(String provider) {
        return requests.count(provider);
    }

    /** Forgets all recorded requests. */
    public void clearRequests() {
        requests.clear();
    }

    /** Makes a provider misbehave from now on. */
    public void fault(Fault fault) {
        faults.set(fault);
    }

    /** Makes all providers behave again; a request that hangs stays hanging. */
    public void clearFaults() {
        faults.clear();
    }

    /** Sets the names of the properties that the CRM answers. */
    public void properties(String... names) {
        crm.properties(List.of(names));
    }

    /** Sets what the model answers, one entry a request: assistant messages or whole bodies. */
    public void modelAnswers(String... entries) {
        openAi.script(Stream.of(entries).map(Json::read).toList());
    }

    @Override
    public void close() {
        telephone.close();
        twilio.close();
        meta.close();
        Waiting.on(server.close());
    }

    private void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Exchange exchange = new Exchange(request, body);
            guarded(exchange, () -> route(exchange));
        });
    }

    private void route(Exchange exchange) {
        Optional<SimulatedProvider> owner = providers.stream()
                .filter(provider -> provider.owns(exchange.path()))
                .findFirst();
        if (owner.isPresent()) {
            pass(exchange, owner.get());
        } else if (!pages.answer(exchange)) {
            exchange.answer(404, Map.of("error", "unknown path"));
        }
    }

    private void pass(Exchange exchange, SimulatedProvider provider) {
        Optional<Fault> fault = faults.next(provider.name());
        requests.add(new RecordedRequest(
                provider.name(),
                exchange.method(),
                exchange.uri(),
                exchange.headers(),
                exchange.body(),
                Instant.now(),
                fault.map(met -> met.mode().word()).orElse(null)));
        Runnable normally = () -> guarded(exchange, () -> provider.answer(exchange));
        fault.ifPresentOrElse(met -> faults.apply(met, exchange, normally), normally);
    }

    private static void guarded(Exchange exchange, Runnable work) {
        try {
            work.run();
        } catch (Json.Malformed e) {
            exchange.answer(400, Map.of("error", e.getMessage()));
        } catch (RuntimeException e) {
            exchange.answer(500, Map.of("error", e.toString()));
        }
    }
}
