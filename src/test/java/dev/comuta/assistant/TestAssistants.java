package dev.comuta.assistant;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.platform.secret.TestSecrets;

/** Assistants without a server. */
public final class TestAssistants {

    private TestAssistants() {}

    /** Reads assistants from the database; its cache is empty. */
    public static AssistantDirectory directory() {
        Secrets secrets = TestSecrets.secrets();
        return new AssistantDirectory(secrets, new Credentials(secrets, new ObjectMapper()));
    }
}
