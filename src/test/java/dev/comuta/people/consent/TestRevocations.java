package dev.comuta.people.consent;

import dev.comuta.platform.secret.TestSecrets;

/** Kept revocations without a server. */
public final class TestRevocations {

    private TestRevocations() {}

    /** Under a key of zeros. */
    public static KeptRevocations kept() {
        return new KeptRevocations(TestSecrets.secrets());
    }
}
