package dev.comuta.platform.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

    @TempDir
    private Path folder;

    @Test
    void readsAFolderAsContainerPlatformsMountIt() throws IOException {
        Path data = Files.createDirectory(folder.resolve("..data"));
        Files.writeString(data.resolve("COMUTA_SECRETS_KEY"), "from the folder\n");
        Files.writeString(data.resolve("tls.crt"), "no variable");
        for (String name : new String[] {"COMUTA_SECRETS_KEY", "tls.crt"}) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }

        SecretFiles files = new SecretFiles(Map.of("COMUTA_SECRETS_DIRECTORY", folder.toString()));

        assertEquals("from the folder", files.getValue("COMUTA_SECRETS_KEY"));
        assertEquals("from the folder", files.getValue("comuta.secrets.key"));
        assertNull(files.getValue("tls.crt"));
        assertNull(files.getValue("COMUTA_PLATFORM_KEY"));
    }

    @Test
    void aFileThatIsNamedTakesPrecedenceOverTheFolder() throws IOException {
        Files.writeString(folder.resolve("COMUTA_SECRETS_KEY"), "from the folder");
        Path named = Files.writeString(folder.resolve("named"), "named");

        SecretFiles files = new SecretFiles(
                Map.of("COMUTA_SECRETS_DIRECTORY", folder.toString(), "COMUTA_SECRETS_KEY_FILE", named.toString()));

        assertEquals("named", files.getValue("COMUTA_SECRETS_KEY"));
    }

    @Test
    void rejectsAFolderThatCannotBeRead() {
        Map<String, String> variables =
                Map.of("COMUTA_SECRETS_DIRECTORY", folder.resolve("missing").toString());

        assertThrows(UncheckedIOException.class, () -> new SecretFiles(variables));
    }
}
