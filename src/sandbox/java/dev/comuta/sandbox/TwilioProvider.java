package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Twilio's REST API for messages ({@code /2010-04-01/Accounts/{Sid}/Messages.json}): Basic authentication, the checks
 * and error codes of the real API, and no deduplication of a repeated request. Statuses are reported on request.
 */
public final class TwilioProvider implements SimulatedProvider {

    static final String NAME = "twilio";

    private static final String BASE = "/2010-04-01/Accounts/";
    private static final String NUMBERS = "/IncomingPhoneNumbers.json";
    private static final String SENDERS = TwilioSenders.PATH;
    private static final Pattern RESOURCES =
            Pattern.compile(BASE + "(\\w+)(/Messages\\.json|/IncomingPhoneNumbers\\.json|/Messages/\\w+/Media/\\w+)");
    private static final String WHATSAPP = "whatsapp:";
    private static final int MAX_BODY = 1600;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final TwilioAccounts accounts = new TwilioAccounts();
    private final List<TwilioMessage> messages = new CopyOnWriteArrayList<>();
    private final TwilioSenders senders = new TwilioSenders();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final PhoneMessages phones;
    private final PhoneFiles files;
    private final TwilioFiles media;
    private final TwilioContents contents = new TwilioContents();
    private volatile Function<String, Map<String, String>> voice = number -> Map.of();

    TwilioProvider(PhoneMessages phones, PhoneFiles files) {
        this.phones = phones;
        this.files = files;
        this.media = new TwilioFiles(files);
    }

    /** Sets where the addresses of a number's calls are found. */
    void voice(Function<String, Map<String, String>> addresses) {
        voice = addresses;
    }

    /** The accounts, which also place calls. */
    TwilioAccounts accounts() {
        return accounts;
    }

    /** The files of messages that phones send. */
    TwilioFiles media() {
        return media;
    }

    /** An error of the real API, with its code. */
    private record Refusal(int status, int code, String message) {}

    /** Registers an account, or one more number of it. */
    public void register(String accountSid, String authToken, String number) {
        accounts.register(accountSid, authToken, number);
    }

    /** Sets the address to which a sender's incoming messages go. */
    public void webhook(String number, String address) {
        senders.webhook(number, address);
    }

    /**
     * A message of a person whose webhook never arrived: only Twilio's list has it.
     *
     * @return its id
     */
    public String loseWebhook(String accountSid, String from, String to, String body) {
        String sid = Secrets.sid("SM");
        messages.add(TwilioMessage.received(
                sid,
                accountSid,
                Map.of("From", WHATSAPP + from, "To", WHATSAPP + to, "Body", body),
                ZonedDateTime.now(ZoneOffset.UTC).withNano(0)));
        return sid;
    }

    /** Accepts this many of the next messages without ever answering. */
    public void loseAnswers(int count) {
        answersToLose.set(count);
    }

    /** The accepted messages to a number, oldest first. */
    public List<TwilioMessage> messagesTo(String number) {
        return messages.stream()
                .filter(message -> message.to().equals(WHATSAPP + number))
                .toList();
    }

    /** Posts a signed status of a message to its callback; returns the HTTP status of the response. */
    public CompletableFuture<Integer> report(String sid, String status, String errorCode) {
        settle(sid, status);
        TwilioMessage message = messages.stream()
                .filter(one -> one.sid().equals(sid))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no message " + sid));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", sid);
        form.put("SmsSid", sid);
        form.put("MessageStatus", status);
        form.put("SmsStatus", status);
        form.put("AccountSid", message.accountSid());
        form.put("From", message.from());
        form.put("To", message.to());
        form.put("ChannelPrefix", "whatsapp");
        form.put("ApiVersion", "2010-04-01");
        if (errorCode != null) {
            form.put("ErrorCode", errorCode);
        }
        String token = accounts.authToken(message.accountSid());
        HttpRequest request = HttpRequest.newBuilder(URI.create(message.statusCallback()))
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("x-twilio-signature", TwilioSignature.of(token, message.statusCallback(), form))
                .POST(HttpRequest.BodyPublishers.ofString(TwilioSignature.encoded(form)))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    /** Ends the review of a template: approved, rejected, paused or disabled. */
    public void review(String contentSid, String status, String reason) {
        contents.review(contentSid, status, reason);
    }

    /** Sets the status of a message without a callback, as when a report is lost. */
    public void settle(String sid, String status) {
        messages.replaceAll(message -> message.sid().equals(sid) ? message.with(status) : message);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/2010-04-01/")
                || path.startsWith(SENDERS)
                || TwilioContents.owns(path)
                || path.startsWith(TwilioFiles.STORE);
    }

    @Override
    public void answer(Exchange exchange) {
        if (exchange.path().startsWith(TwilioFiles.STORE)) {
            media.serve(exchange);
            return;
        }
        boolean namesNone = exchange.path().startsWith(SENDERS) || TwilioContents.owns(exchange.path());
        TwilioAccounts.Account account = namesNone ? accounts.of(exchange) : accountIn(exchange);
        if (account == null) {
            refuse(exchange, new Refusal(401, 20003, "Authenticate"));
        } else if (TwilioContents.owns(exchange.path())) {
            contents.answer(exchange, account.sid());
        } else if (exchange.path().startsWith(SENDERS)) {
            senders.answer(exchange, account.numbers());
        } else if (exchange.path().endsWith(NUMBERS)) {
            listNumbers(exchange, account);
        } else if (exchange.path().contains("/Media/")) {
            media.redirect(exchange);
        } else if (exchange.method().equals("POST")) {
            create(exchange, account);
        } else if (exchange.method().equals("GET")) {
            list(exchange, account);
        } else {
            refuse(exchange, new Refusal(405, 20004, "Method not allowed"));
        }
    }

    void close() {
        http.shutdownNow();
    }

    private TwilioAccounts.Account accountIn(Exchange exchange) {
        Matcher matcher = RESOURCES.matcher(exchange.path());
        return matcher.matches() ? accounts.of(exchange, matcher.group(1)) : null;
    }

    private void listNumbers(Exchange exchange, TwilioAccounts.Account account) {
        List<Map<String, String>> found = account.numbers().stream()
                .filter(number -> number.contains(exchange.parameter("PhoneNumber")))
                .map(this::number)
                .toList();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("incoming_phone_numbers", found);
        page.put("page", 0);
        page.put("page_size", 50);
        page.put("next_page_uri", null);
        exchange.answer(200, page);
    }

    private Map<String, String> number(String number) {
        Map<String, String> shown = new LinkedHashMap<>(voice.apply(number));
        shown.put("sid", Secrets.sid("PN"));
        shown.put("phone_number", number);
        return shown;
    }

    private void create(Exchange exchange, TwilioAccounts.Account account) {
        Map<String, String> form = TwilioSignature.form(exchange.body());
        Refusal refusal = check(form, account);
        if (refusal != null) {
            refuse(exchange, refusal);
            return;
        }
        String sid = Secrets.sid("SM");
        TwilioMessage message = TwilioMessage.queued(
                sid, account.sid(), form, ZonedDateTime.now(ZoneOffset.UTC).withNano(0));
        messages.add(message);
        deliver(message, form);
        if (answersToLose.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
            exchange.answer(201, message);
        }
    }

    private void deliver(TwilioMessage message, Map<String, String> form) {
        ObjectNode content = TwilioPhoneContent.of(form);
        String text = contents.find(form.getOrDefault("ContentSid", ""))
                .map(template -> template.text(Json.read(form.getOrDefault("ContentVariables", "{}"))))
                .orElseGet(() -> content != null && content.has("text")
                        ? content.path("text").asText()
                        : message.body());
        PhoneContent.receive(
                phones,
                files,
                PhoneMessage.draft(
                        message.from().substring(WHATSAPP.length()),
                        message.to().substring(WHATSAPP.length()),
                        text,
                        content,
                        message.sid(),
                        null));
    }

    private static Refusal check(Map<String, String> form, TwilioAccounts.Account account) {
        String to = form.getOrDefault("To", "");
        String from = form.getOrDefault("From", "");
        String body = form.getOrDefault("Body", "");
        if (to.isEmpty()) {
            return new Refusal(400, 21604, "A 'To' phone number is required.");
        } else if (from.isEmpty()) {
            return new Refusal(400, 21603, "A 'From' phone number is required.");
        } else if (body.isEmpty() && !form.containsKey("MediaUrl") && !form.containsKey("ContentSid")) {
            return new Refusal(400, 21602, "Message body is required.");
        } else if (body.codePointCount(0, body.length()) > MAX_BODY) {
            return new Refusal(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        } else if (!from.startsWith(WHATSAPP) || !account.numbers().contains(from.substring(WHATSAPP.length()))) {
            return new Refusal(400, 63007, "Twilio could not find a Channel with the specified From address");
        } else if (!to.matches("whatsapp:(\\+[1-9]\\d{6,14}|[A-Z]{2}\\.\\w+)")) {
            return new Refusal(400, 21211, "Invalid 'To' Phone Number: " + to);
        }
        return null;
    }

    private void list(Exchange exchange, TwilioAccounts.Account account) {
        TwilioPages.answer(
                exchange,
                messages.stream()
                        .filter(message -> message.accountSid().equals(account.sid()))
                        .toList());
    }

    private static void refuse(Exchange exchange, Refusal refusal) {
        exchange.answer(
                refusal.status(),
                Map.of(
                        "code", refusal.code(),
                        "message", refusal.message(),
                        "more_info", "https://www.twilio.com/docs/errors/" + refusal.code(),
                        "status", refusal.status()));
    }
}
