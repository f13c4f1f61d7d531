package dev.comuta.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files of messages: an address of the API, which needs the account's credentials and redirects to a store, which refuses
 * credentials.
 */
final class TwilioFiles {

    static final String STORE = "/twilio-store/";

    private static final int MAX = 10_000;

    private final PhoneFiles files;
    private final Map<String, String> idsBySid = new ConcurrentHashMap<>();

    TwilioFiles(PhoneFiles files) {
        this.files = files;
    }

    /** The path at which Twilio serves a file of a message. */
    String publish(String accountSid, String messageSid, String fileId) {
        if (idsBySid.size() > MAX) {
            idsBySid.clear();
        }
        String sid = Secrets.sid("ME");
        idsBySid.put(sid, fileId);
        return "/2010-04-01/Accounts/" + accountSid + "/Messages/" + messageSid + "/Media/" + sid;
    }

    /** Answers an authorized request for a file: redirects to the store. */
    void redirect(Exchange exchange) {
        String sid = exchange.path().substring(exchange.path().lastIndexOf('/') + 1);
        if (find(sid).isEmpty()) {
            exchange.answer(
                    404, Map.of("code", 20404, "message", "The requested resource was not found", "status", 404));
        } else {
            exchange.redirect(307, exchange.origin() + STORE + sid);
        }
    }

    /** Answers a request to the store, which takes no credentials. */
    void serve(Exchange exchange) {
        Optional<StoredFile> file = find(exchange.path().substring(STORE.length()));
        if (!exchange.header("authorization").isEmpty()) {
            exchange.answer(400, Map.of("error", "Only one auth mechanism allowed"));
        } else if (file.isEmpty()) {
            exchange.answer(404, Map.of("error", "NoSuchKey"));
        } else {
            exchange.answerBytes(file.get());
        }
    }

    private Optional<StoredFile> find(String sid) {
        return Optional.ofNullable(idsBySid.get(sid)).flatMap(files::find);
    }
}
