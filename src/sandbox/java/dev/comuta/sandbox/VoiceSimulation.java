package dev.comuta.sandbox;

import dev.comuta.sandbox.voice.Pace;
import dev.comuta.sandbox.voice.Phones;
import dev.comuta.sandbox.voice.TwilioVoice;
import dev.comuta.sandbox.voice.VoiceGateway;
import java.net.URI;
import java.util.function.Supplier;

/** The simulated calls: phones with scripts, and the carriers that connect them with the server. */
public final class VoiceSimulation implements AutoCloseable {

    private static final String GATEWAY_PATH = "/webhooks/voice";
    private static final String TWILIO_PATH = "/webhooks/twilio/voice";

    private final TwilioAccounts accounts;
    private final Pace pace = new Pace();
    private final Phones phones = new Phones(pace);
    private final TwilioVoice twilio;
    private final VoiceGateway gateway;

    VoiceSimulation(TwilioAccounts accounts, Supplier<URI> address) {
        this.accounts = accounts;
        this.gateway = new VoiceGateway(phones, pace, address);
        this.twilio = new TwilioVoice(accounts, phones, pace, address);
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
