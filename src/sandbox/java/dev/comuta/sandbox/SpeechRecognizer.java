package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Recognizes English speech in an Ogg or WAV file with PocketSphinx, where it is installed. It knows no Portuguese: it
 * proves bytes, formats and times, not words of our users.
 */
public final class SpeechRecognizer {

    private static final List<String> PROGRAMS = List.of("opusdec", "pocketsphinx_continuous");
    private static final int SECONDS = 30;

    /** Whether the programs of these names are installed. */
    public static boolean isInstalled(String... programs) {
        return Stream.concat(PROGRAMS.stream(), Stream.of(programs)).allMatch(SpeechRecognizer::isProgram);
    }

    private static boolean isProgram(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** {@return the words of an audio file; empty for silence, and where no recognizer is installed} */
    String words(Buffer audio) {
        if (!isInstalled()) {
            return "";
        }
        try {
            Path folder = Files.createTempDirectory("comuta-speech");
            try {
                return recognize(folder, audio);
            } finally {
                try (Stream<Path> files = Files.list(folder)) {
                    files.forEach(SpeechRecognizer::delete);
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String recognize(Path folder, Buffer audio) throws IOException {
        Path received = Files.write(folder.resolve("received"), audio.getBytes());
        Path sound = folder.resolve("sound.wav");
        if (audio.toString().startsWith("OggS")) {
            run(folder, "opusdec", "--quiet", "--rate", "16000", received.toString(), sound.toString());
        } else {
            Files.move(received, sound);
        }
        return run(folder, "pocketsphinx_continuous", "-infile", sound.toString(), "-logfn", "/dev/null")
                .strip()
                .replaceAll("\\s+", " ");
    }

    /** Runs a program within its time limit, and returns what it prints. */
    public static String run(Path folder, String... command) throws IOException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command[0] + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return Files.readString(output);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
