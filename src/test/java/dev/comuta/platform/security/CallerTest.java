package dev.comuta.platform.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static final Caller OTHER_KEY = new Caller(Role.ADMINISTRATOR, 1L, null, 18L);
    private static final Caller KEY = new Caller(Role.ADMINISTRATOR, 1L, null, 17L);
    private static final Caller BROKER = new Caller(Role.BROKER, 1L, 5L, 19L);
    private static final Caller OTHER_BROKER = new Caller(Role.BROKER, 1L, 6L, 20L);

    @Test
    void namesAPersonByTheUserAndAMachineByItsKey() {
        assertEquals("usuário:5", BROKER.name());
        assertEquals("chave:17", KEY.name());
        assertEquals("plataforma", Caller.PLATFORM.name());
        assertEquals("ninguém", Caller.NOBODY.name());
    }

    @Test
    void limitsOnlyABrokerToOwnRows() {
        assertEquals(5L, BROKER.ownRowsOf());
        assertNull(KEY.ownRowsOf());
        assertNull(new Caller(Role.ADMINISTRATOR, 1L, 5L, 19L).ownRowsOf());
    }

    @Test
    void sharesNoIdempotencyKeyWithAnotherKey() {
        Caller limited = new Caller(Role.BROKER, 1L, 5L, 21L, Set.of());

        assertNotEquals(KEY.idempotencyOwner(), OTHER_KEY.idempotencyOwner());
        assertNotEquals(BROKER.idempotencyOwner(), OTHER_BROKER.idempotencyOwner());
        assertNotEquals(BROKER.idempotencyOwner(), limited.idempotencyOwner(), "keys of the same person");
        assertNotEquals(
                Caller.PLATFORM.idempotencyOwner(), new Caller(Role.PLATFORM, null, null, 17L).idempotencyOwner());
        assertEquals("usuário:5", new Caller(Role.BROKER, 1L, 5L, null).idempotencyOwner());
    }
}
