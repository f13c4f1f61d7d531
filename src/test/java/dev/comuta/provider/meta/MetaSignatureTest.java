package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.Contracts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MetaSignatureTest {

    private static final byte[] BODY = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
    private static final String RFC_4231 = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    @Test
    void verifiesTheVectorOfTheRfc() {
        assertTrue(MetaSignature.verifies("Jefe", RFC_4231, BODY));
    }

    @Test
    void rejectsAnotherSecretAnotherBodyAndAMissingSignature() {
        assertFalse(MetaSignature.verifies("jefe", RFC_4231, BODY));
        assertFalse(MetaSignature.verifies("Jefe", RFC_4231, new byte[0]));
        assertFalse(MetaSignature.verifies("Jefe", RFC_4231.replace("sha256=", ""), BODY));
        assertFalse(MetaSignature.verifies("Jefe", null, BODY));
    }

    @TestFactory
    Stream<DynamicTest> agreesWithPublishedVectors() throws IOException {
        JsonNode vectors = Contracts.json("meta/signature_vectors.json").path("vectors");
        return StreamSupport.stream(vectors.spliterator(), false)
                .map(vector -> dynamicTest(
                        vector.path("name").asText(),
                        () -> assertEquals(
                                vector.path("valid").asBoolean(),
                                MetaSignature.verifies(
                                        vector.path("app_secret").asText(),
                                        vector.path("header").textValue(),
                                        vector.path("raw_body").asText().getBytes(StandardCharsets.UTF_8)))));
    }
}
