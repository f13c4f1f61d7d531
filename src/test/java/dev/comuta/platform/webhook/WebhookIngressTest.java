package dev.comuta.platform.webhook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WebhookIngressTest {

    private final List<String> tried = new ArrayList<>();

    @Test
    void acceptsEitherSecretDuringARotation() {
        assertDoesNotThrow(() -> authenticate(List.of("new", "old"), "new"::equals));
        assertDoesNotThrow(() -> authenticate(List.of("new", "old"), "old"::equals));
    }

    @Test
    void rejectsOtherSecrets() {
        assertRejected(List.of("new", "old"), "other"::equals);
    }

    @Test
    void triesEverySecretAfterAMatch() {
        authenticate(List.of("new", "old"), "new"::equals);
        assertEquals(List.of("new", "old"), tried);
    }

    @Test
    void rejectsAnUnknownOwnerAfterVerifyingADummySecret() {
        assertRejected(List.of(), any -> true);
        assertEquals(1, tried.size());
    }

    private void assertRejected(List<String> secrets, Predicate<String> signing) {
        Problem rejection = assertThrows(Problem.class, () -> authenticate(secrets, signing));
        assertEquals(ProblemType.UNAUTHENTICATED, rejection.type());
    }

    private void authenticate(List<String> secrets, Predicate<String> signing) {
        WebhookIngress.authenticate(new Endpoint(secrets, signing), "owner", null);
    }

    private final class Endpoint implements WebhookEndpoint<String> {

        private final List<String> secrets;
        private final Predicate<String> signing;

        Endpoint(List<String> secrets, Predicate<String> signing) {
            this.secrets = secrets;
            this.signing = signing;
        }

        @Override
        public String path() {
            return "/webhooks/test";
        }

        @Override
        public Set<String> mediaTypes() {
            return Set.of();
        }

        @Override
        public Uni<String> owner(WebhookRequest request) {
            return Uni.createFrom().item("owner");
        }

        @Override
        public List<String> secrets(String owner) {
            return secrets;
        }

        @Override
        public boolean isSigned(String owner, String secret, WebhookRequest request) {
            tried.add(secret);
            return signing.test(secret);
        }

        @Override
        public Uni<Answer> accept(String owner, WebhookRequest request) {
            return Uni.createFrom().item(Answer.OK);
        }
    }
}
