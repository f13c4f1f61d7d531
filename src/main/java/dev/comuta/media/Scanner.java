package dev.comuta.media;

import dev.comuta.platform.object.ObjectBody;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Scans files when a scanner is configured. */
@ApplicationScoped
class Scanner {

    private static final Logger LOG = Logger.getLogger(Scanner.class);
    private static final String AWAY = "o antivírus não respondeu";

    private final Clamd clamd;
    private final boolean holds;

    Scanner(Clamd clamd, MediaConfig config) {
        this.clamd = clamd;
        this.holds = config.scanner().whenAway() == MediaConfig.WhenAway.HOLD;
    }

    /**
     * The result of a scan.
     *
     * @param scan the value of MediaObjects.Scan; null when no scanner is configured
     * @param reason the name of the malware, or why the file was not scanned; null for a clean file
     */
    record Verdict(String scan, String reason, boolean isInfected, boolean isHeld) {

        static final Verdict NOT_CONFIGURED = new Verdict(null, null, false, false);
        static final Verdict CLEAN = new Verdict("Limpo", null, false, false);
    }

    /** Scans a file. A scanner that does not answer holds it or lets it pass, as configured. */
    Uni<Verdict> scan(Supplier<Uni<ObjectBody>> file) {
        if (!clamd.isConfigured()) {
            return Uni.createFrom().item(Verdict.NOT_CONFIGURED);
        }
        return file.get()
                .chain(clamd::scan)
                .map(Scanner::verdict)
                .onFailure(Clamd.Away.class)
                .recoverWithItem(this::unscanned);
    }

    private static Verdict verdict(String malware) {
        return malware.isEmpty() ? Verdict.CLEAN : new Verdict("Infectado", malware, true, false);
    }

    private Verdict unscanned(Throwable failure) {
        LOG.warnf("a file was not scanned: %s", failure.getMessage());
        return new Verdict("Não Verificado", holds ? AWAY : null, false, holds);
    }
}
