package dev.comuta.sandbox;

import dev.comuta.sandbox.voice.Pace;
import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.Phones;
import dev.comuta.sandbox.voice.TwilioVoice;
import dev.comuta.sandbox.voice.VoiceGateway;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The simulated calls: phones with scripts, and the carriers that connect them with the server. */
public final class VoiceSimulation implements AutoCloseable {

    private static final String GATEWAY_PATH = "/webhooks/voice";
    private static final String TWILIO_PATH = "/webhooks/twilio/voice";

    private final TwilioAccounts accounts;
    private final Pace pace = new Pace();
    private final Phones phones = new Phones(pace);
    private final Map<String, PhoneChannel> numbers = new ConcurrentSkipListMap<>();
    private final TwilioVoice twilio;
    private final VoiceGateway gateway;

    private volatile Supplier<List<PhoneChannel>> source = List::of;
    private volatile URI server;

    VoiceSimulation(TwilioAccounts accounts, Supplier<URI> address, Vertx vertx) {
        this.accounts = accounts;
        this.gateway = new VoiceGateway(phones, pace, address);
        this.twilio = new TwilioVoice(accounts, phones, pace, address, vertx);
    }

    /** Sets the address of the server for the numbers that {@link #numbers} finds. */
    void server(URI newServer) {
        server = newServer;
    }

    /** Sets where numbers that a running server has are found. */
    void channels(Supplier<List<PhoneChannel>> newSource) {
        source = newSource;
    }

    /** Adds a number of a channel at Twilio or of a gateway. The server's address must be set. */
    void add(PhoneChannel channel) {
        if (server == null || channel.equals(numbers.put(channel.number(), channel))) {
            return;
        }
        switch (channel.provider()) {
            case PhoneChannel.TWILIO -> {
                accounts.register(channel.account(), channel.secret(), channel.number());
                String address = server.resolve(TWILIO_PATH).toString();
                twilio.number(channel.number(), address + "#rc=3&rp=all", address, address + "/status#rc=3&rp=all");
            }
            case PhoneChannel.GATEWAY -> registerGateway(channel.number(), channel.secret(), server);
            default -> numbers.remove(channel.number());
        }
    }

    /** The numbers that phones can call. May ask the database. */
    List<PhoneChannel> numbers() {
        source.get().forEach(this::add);
        return List.copyOf(numbers.values());
    }

    /**
     * A phone calls a number of the server.
     *
     * @param withheld whether it hides its own number
     * @return empty when no carrier has the number
     */
    Optional<PhoneLeg> call(String from, String to, boolean withheld) {
        if (twilio.serves(to)) {
            return Optional.of(withheld ? twilio.callWithheld(from, to) : twilio.call(from, to));
        } else if (gateway.serves(to)) {
            return Optional.of(withheld ? gateway.callWithheld(from, to) : gateway.call(from, to));
        }
        return Optional.empty();
    }

    /** How long a second of a call lasts. */
    public Pace pace() {
        return pace;
    }

    /** The phones of persons and brokers, with their scripts and what they heard. */
    public Phones phones() {
        return phones;
    }

    /** Twilio's calls. */
    public TwilioVoice twilio() {
        return twilio;
    }

    /** The calls of a client's own gateway. */
    public VoiceGateway gateway() {
        return gateway;
    }

    /** Registers a number of the voice gateway, whose calls go to the server's webhook. */
    public void registerGateway(String number, String webhookSecret, URI server) {
        gateway.number(number, webhookSecret, server.resolve(GATEWAY_PATH).toString());
    }

    /** Registers a voice number of an account at Twilio, whose calls go to the server's webhook. */
    public void registerTwilio(String accountSid, String authToken, String number, URI server) {
        accounts.register(accountSid, authToken, number);
        twilio.number(number, server.resolve(TWILIO_PATH).toString(), "", "");
    }

    @Override
    public void close() {
        gateway.close();
        twilio.close();
        phones.close();
    }
}
