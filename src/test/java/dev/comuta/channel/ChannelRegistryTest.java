package dev.comuta.channel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Uses a channel type and providers that only this test declares. */
class ChannelRegistryTest {

    private static final ChannelType TELEGRAM = new ChannelType("Telegram");
    private static final Provider BOTS = Provider.of("Bots", TELEGRAM, ChannelTypes.WHATSAPP);
    private static final Provider PHONES = Provider.of("Telefonia", ChannelTypes.WHATSAPP);

    private final ChannelRegistry registry =
            new ChannelRegistry(List.of(TELEGRAM, ChannelTypes.WHATSAPP), List.of(PHONES, BOTS));

    @Test
    void acceptsADeclaredTypeOfADeclaredProvider() {
        assertEquals(TELEGRAM, registry.requireType("Telegram"));
        assertDoesNotThrow(() -> registry.requireCarried("Telegram", "Bots"));
        assertDoesNotThrow(() -> registry.requireCarried("WhatsApp", "Telefonia"));
    }

    @Test
    void listsTheDeclaredWordsWhenAWordIsNotDeclared() {
        assertRefused("channelType: must be one of Telegram, WhatsApp", "VoiceCall", "Bots");
        assertRefused("channelType: must be one of Telegram, WhatsApp", "", "Bots");
        assertRefused("provider: must be one of Bots, Telefonia", "Telegram", "Meta");
    }

    @Test
    void refusesATypeThatTheProviderDoesNotCarry() {
        assertRefused("provider: Telefonia does not carry Telegram, must be one of Bots", "Telegram", "Telefonia");
    }

    @Test
    void readsAnUndeclaredProviderOfARowAsOneWithoutTypes() {
        assertEquals(BOTS, registry.providerOf("Bots"));
        assertEquals(Provider.of("Meta"), registry.providerOf("Meta"));
    }

    @Test
    void refusesContradictoryDeclarations() {
        assertThrows(IllegalStateException.class, () -> new ChannelRegistry(List.of(TELEGRAM), List.of(BOTS)));
        assertThrows(
                IllegalStateException.class, () -> new ChannelRegistry(List.of(TELEGRAM, TELEGRAM), List.of(BOTS)));
    }

    private void assertRefused(String detail, String channelType, String provider) {
        Problem refused = assertThrows(Problem.class, () -> registry.requireCarried(channelType, provider));
        assertEquals(detail, refused.getMessage());
    }
}
