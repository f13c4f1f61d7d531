package dev.comuta.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All simulated providers, the phone page and the control API on one HTTP port.
 *
 * <p>Every request to a provider is recorded, including requests that a fault answers.
 */
public final class SimulatedProviders implements AutoCloseable {

    private final RecordedRequests requests = new RecordedRequests();
    private final ChannelSecrets secrets = new ChannelSecrets();
    private final PhoneChannels channels = new PhoneChannels(this::adopt);
    private final PhoneMessages phoneMessages = new PhoneMessages();
    private final PhoneFiles files = new PhoneFiles();
    private final CrmProvider crm = new CrmProvider();
    private final OpenAiProvider openAi = new OpenAiProvider();
    private final TwilioProvider twilio = new TwilioProvider(phoneMessages, files);
    private final MetaProvider meta = new MetaProvider(phoneMessages, files);
    private final LiveKitProvider liveKit = new LiveKitProvider(files);
    private final Telephone telephone = new Telephone(
            channels,
            phoneMessages,
            Map.of(
                    PhoneChannel.GATEWAY, new GatewayLine(this::address),
                    PhoneChannel.META, new MetaLine(files, meta.limits()),
                    PhoneChannel.TWILIO, new TwilioLine(files, twilio.media(), this::address)),
            this::report);
    private final VoiceSimulation voice;
    private final TraceCollector traces = new TraceCollector();
    private final Faults faults;
    private final HttpServer server;
    private volatile URI address;

    private SimulatedProviders(Vertx vertx, String host, int port, Mailbox mailbox) {
        voice = new VoiceSimulation(twilio.accounts(), this::address, vertx);
        List<SimulatedProvider> providers = List.of(
                voice.twilio(),
                voice.gateway(),
                new GatewayProvider(secrets, phoneMessages, files),
                crm,
                openAi,
                new AgentProvider(),
                twilio,
                meta,
                liveKit,
                traces);
        faults = new Faults(vertx);
        PhonePages phone = new PhonePages(telephone, channels, files);
        twilio.voice(voice.twilio()::addresses);
        ControlPages pages = new ControlPages(
                requests,
                faults,
                crm,
                twilio,
                openAi,
                mailbox,
                phone,
                new MetaPages(meta),
                new LiveKitPages(liveKit),
                new VoicePages(voice));
        server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port));
        ProviderRoutes routes = new ProviderRoutes(providers, requests, faults, pages);
        Waiting.on(server.requestHandler(routes::receive).listen());
    }

    /** Listens on a free port of 127.0.0.1, without a mailbox. */
    public static SimulatedProviders launch(Vertx vertx) {
        return launch(vertx, 0, null);
    }

    /** Listens on a port of 127.0.0.1; 0 for a free one. */
    public static SimulatedProviders launch(Vertx vertx, int port, Mailbox mailbox) {
        return launch(vertx, "127.0.0.1", port, mailbox);
    }

    /** Listens on a port of the given address. */
    static SimulatedProviders launch(Vertx vertx, String host, int port, Mailbox mailbox) {
        return new SimulatedProviders(vertx, host, port, mailbox);
    }

    /** Base URL: {@code http://127.0.0.1:port}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** The simulated Meta: the Graph API and the app that posts webhooks. */
    public MetaProvider meta() {
        return meta;
    }

    /** The simulated LiveKit. */
    public LiveKitProvider liveKit() {
        return liveKit;
    }

    /** The trace collector. */
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

    /** The simulated calls: phones, Twilio's voice and the voice gateway. */
    public VoiceSimulation voice() {
        return voice;
    }

    /** Registers a channel of the Gateway: its messages are verified, and the phone can write to it. */
    public void registerChannel(String channelType, String identifier, String webhookSecret) {
        secrets.register(channelType, identifier, webhookSecret);
        if (channelType.equals(ChannelSecrets.WHATSAPP)) {
            channels.add(PhoneChannel.gateway(identifier, "Imobiliária XPTO", webhookSecret));
        }
    }

    /** Registers the channels and accounts of a client with the providers and phones. */
    void adopt(Registration.Registered registered, URI server) {
        for (Registration.Channel channel : List.of(registered.whatsapp(), registered.voice())) {
            registerChannel(channel.channelType(), channel.identifier(), channel.webhookSecret());
        }
        voice.registerGateway(
                registered.voice().identifier(), registered.voice().webhookSecret(), server);
        voice.server(server);
        String company = Scenario.client().get("clientName").toString();
        Registration.Channel line = registered.voice();
        voice.add(PhoneChannel.gateway(line.identifier(), company, line.webhookSecret()));
        Registration.Twilio account = registered.twilio();
        PhoneChannel ofTwilio = new PhoneChannel(
                account.number(), company, PhoneChannel.TWILIO, null, account.accountSid(), account.authToken());
        channels.add(ofTwilio);
        voice.add(ofTwilio);
        channels.add(new PhoneChannel(
                registered.meta().identifier(),
                company,
                PhoneChannel.META,
                MetaProvider.PHONE_NUMBER_ID,
                null,
                MetaProvider.ACCESS_TOKEN));
        meta.register(MetaProvider.PHONE_NUMBER_ID, registered.meta().identifier());
        meta.setUps().number(MetaProvider.PHONE_NUMBER_ID, true, server + "/webhooks/meta");
        twilio.webhook(account.number(), server + "/webhooks/twilio/messages#rc=5&rp=all");
        server(server);
    }

    /** Sets where the phones find the channels that are registered later. */
    void channels(Supplier<List<PhoneChannel>> source) {
        channels.source(source);
    }

    /** Sets the address under which the server finds the sandbox, when it is not {@link #url}. */
    void address(URI reachable) {
        address = reachable;
    }

    private URI address() {
        return address == null ? url() : address;
    }

    private void adopt(PhoneChannel channel) {
        switch (channel.provider()) {
            case PhoneChannel.TWILIO -> twilio.register(channel.account(), channel.secret(), channel.number());
            case PhoneChannel.META -> meta.adopt(channel.providerId(), channel.number(), channel.secret());
            default -> secrets.register(ChannelSecrets.WHATSAPP, channel.number(), channel.secret());
        }
    }

    private CompletableFuture<Integer> report(PhoneChannel channel, PhoneMessage message, String status) {
        return channel.provider().equals(PhoneChannel.META)
                ? meta.report(message.providerId(), status)
                : twilio.report(message.providerId(), status, null);
    }

    /** Sets the address of the server for the phones and for webhooks. */
    public void server(URI server) {
        telephone.server(server);
        voice.server(server);
        meta.server(server);
        liveKit.server(server);
    }

    /** The requests that a provider received, in order. */
    public List<RecordedRequest> requests(String provider) {
        return requests.of(provider);
    }

    /** The number of requests that a provider received. */
    public int requestCount(String provider) {
        return requests.count(provider);
    }

    /** Deletes all recorded requests. */
    public void clearRequests() {
        requests.clear();
    }

    /** Sets the fault of a provider. */
    public void fault(Fault fault) {
        faults.set(fault);
    }

    /** Clears all faults. A request that already hangs keeps hanging. */
    public void clearFaults() {
        faults.clear();
    }

    /** Sets the names of the properties that the CRM returns. */
    public void properties(String... names) {
        crm.properties(List.of(names));
    }

    /** Sets the body that the CRM returns, as it is; null for the properties. */
    public void crmAnswers(String json) {
        crm.body(json);
    }

    /** Sets the responses of the model, one entry per request: assistant messages or complete bodies. */
    public void modelAnswers(String... entries) {
        openAi.script(Stream.of(entries).map(Json::read).toList());
    }

    /**
     * Sets the responses to transcriptions, one entry per request: complete bodies with status 200, or with the status in
     * their field {@code status}.
     */
    public void speechAnswers(String... entries) {
        openAi.transcriptions().script(Stream.of(entries).map(Json::read).toList());
    }

    @Override
    public void close() {
        telephone.close();
        voice.close();
        twilio.close();
        meta.close();
        liveKit.close();
        files.close();
        Waiting.on(server.close());
    }
}
