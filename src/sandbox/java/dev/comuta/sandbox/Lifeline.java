package dev.comuta.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Ends the processes of this JVM and deletes its directories, however the JVM ends.
 *
 * <p>A small shell reads the process ids and directories from a pipe. When the JVM ends, even by SIGKILL, the pipe
 * closes, and the shell kills and deletes everything that is still registered.
 */
final class Lifeline {

    private static final String SCRIPT = """
            pids=' '
            while read -r word value; do
                case $word in
                    started) pids="$pids$value " ;;
                    ended) pids="${pids%% $value *} ${pids#* $value }" ;;
                    directory) set -- "$@" "$value" ;;
                esac
            done
            for pid in $pids; do
                children=$(cat /proc/$pid/task/$pid/children)
                kill -KILL $pid $children
                kill -KILL -- -$pid
            done
            sleep 1
            rm -rf -- "$@"
            """;

    private static final Lifeline OF_THIS_JVM = new Lifeline();

    private final Writer pipe;

    private Lifeline() {
        try {
            pipe = new ProcessBuilder("setsid", "sh", "-c", SCRIPT, "lifeline")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .directory(Path.of("/").toFile())
                    .start()
                    .outputWriter();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void started(long pid) {
        OF_THIS_JVM.write("started " + pid);
    }

    static void ended(long pid) {
        OF_THIS_JVM.write("ended " + pid);
    }

    /** Creates a directory under java.io.tmpdir that other users may enter. It is deleted when this JVM ends. */
    static Path temporaryDirectory(String purpose) {
        try {
            Path directory = Files.createTempDirectory("comuta-" + purpose + "-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            OF_THIS_JVM.write("directory " + directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void write(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The lifeline of the sandbox is gone", e);
        }
    }
}
