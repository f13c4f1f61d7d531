package dev.comuta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of examples has one line for each example of each file, and no other. */
class ContractTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meta/openapi_webhook_examples.json",
                "meta/openapi_call_examples.json",
                "meta/signature_vectors.json",
                "twilio/webhook_bodies.json",
                "twilio/signature_vectors.json"
            })
    void listsEveryExampleOnce(String file) {
        assertEquals(
                new TreeSet<>(ContractTable.examplesIn(file)),
                new TreeSet<>(ContractTable.of(file).stream()
                        .map(ContractTable.Line::example)
                        .toList()));
        assertEquals(
                ContractTable.examplesIn(file).size(), ContractTable.of(file).size());
    }
}
