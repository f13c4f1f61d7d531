package dev.comuta.channel;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Types of channel that several providers carry. */
@Dependent
public class ChannelTypes {

    /** WhatsApp messages. */
    @Produces
    @Singleton
    public static final ChannelType WHATSAPP = new ChannelType("WhatsApp");

    /** Voice calls of a telephone number. */
    @Produces
    @Singleton
    public static final ChannelType VOICE_CALL = new ChannelType("VoiceCall");

    private ChannelTypes() {}
}
