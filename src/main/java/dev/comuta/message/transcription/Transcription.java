package dev.comuta.message.transcription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.http.SsrfGuard;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.secret.Secrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** Reads and changes the settings of transcription of a client. */
@ApplicationScoped
class Transcription {

    private static final String BASE_URL = "baseUrl";
    private static final String API_KEY = "apiKey";

    private final Transactions transactions;
    private final SettingsStore settings;
    private final Changes changes;
    private final Secrets secrets;
    private final SsrfGuard outbound;
    private final TranscriptionConfig defaults;

    Transcription(
            Transactions transactions,
            SettingsStore settings,
            Changes changes,
            Secrets secrets,
            SsrfGuard outbound,
            TranscriptionConfig defaults) {
        this.transactions = transactions;
        this.settings = settings;
        this.changes = changes;
        this.secrets = secrets;
        this.outbound = outbound;
        this.defaults = defaults;
    }

    Uni<Revision<TranscriptionView>> get(long clientId) {
        return transactions
                .statementsInTenant(clientId, tx -> settings.find(tx, clientId))
                .map(found -> found.view(defaults));
    }

    Uni<Revision<TranscriptionView>> change(long clientId, ObjectNode patch, String ifMatch) {
        return outbound.require(clientId, BASE_URL, Patch.text(patch, "/" + BASE_URL))
                .chain(() -> transactions.statementsInTenant(clientId, tx -> settings.lock(tx, clientId)
                        .invoke(current -> current.view(defaults).require(ifMatch))
                        .chain(current -> change(tx, clientId, current, patch))))
                .map(changed -> changed.view(defaults));
    }

    private Uni<SpeechSettings> change(Tx tx, long clientId, SpeechSettings current, ObjectNode patch) {
        TranscriptionFields next = changes.merged(current.fields(), patch);
        return settings.change(tx, clientId, next, credentials(current, next, patch));
    }

    /** The stored key remains, unless the patch has another one, or removes it. It is sent to no other host. */
    private String credentials(SpeechSettings current, TranscriptionFields next, ObjectNode patch) {
        if (patch.has(API_KEY)) {
            return next.apiKey() == null ? null : secrets.seal(next.apiKey());
        }
        if (current.credentials() != null && !origin(current.fields().baseUrl()).equals(origin(next.baseUrl()))) {
            throw Problem.invalid(API_KEY, "must be sent together with a baseUrl at another host");
        }
        return current.credentials();
    }

    /** Scheme, host and port: a key that was sent encrypted is not sent in clear text later. */
    private static String origin(String url) {
        return url == null
                ? ""
                : URI.create(url).getScheme() + "://" + URI.create(url).getRawAuthority();
    }
}
