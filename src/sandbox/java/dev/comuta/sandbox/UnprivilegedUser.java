package dev.comuta.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user that runs PostgreSQL, which refuses to run as root: the current user, or an existing unprivileged one when
 * the current user is root.
 */
final class UnprivilegedUser {

    private final List<String> account;

    private UnprivilegedUser(List<String> account) {
        this.account = account;
    }

    static UnprivilegedUser find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new UnprivilegedUser(List.of());
        }
        return Stream.of("postgres", "nobody")
                .flatMap(UnprivilegedUser::accounts)
                .findFirst()
                .map(UnprivilegedUser::new)
                .orElseThrow(() -> new IllegalStateException(
                        "PostgreSQL does not run as root, and neither the user postgres nor nobody exists"));
    }

    /** The command that runs as this user, under the same process id. */
    List<String> command(List<String> command) {
        if (account.isEmpty()) {
            return command;
        }
        List<String> all = new ArrayList<>(
                List.of("setpriv", "--reuid=" + account.get(2), "--regid=" + account.get(3), "--clear-groups"));
        all.addAll(command);
        return all;
    }

    /** Creates a directory that this user owns. */
    Path directory(Path directory) {
        try {
            Files.createDirectories(directory);
            if (!account.isEmpty()) {
                var users = directory.getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(directory, users.lookupPrincipalByName(account.getFirst()));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<List<String>> accounts(String name) {
        try {
            return Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> List.of(line.split(":", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
