package dev.comuta.provider.twilio;

import com.twilio.base.Page;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.rest.api.v2010.account.message.Media;
import com.twilio.rest.messaging.v2.ChannelsSender;
import com.twilio.type.PhoneNumber;
import dev.comuta.platform.http.BlockingCalls;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls Twilio through its SDK. The SDK blocks, so its calls run as {@link BlockingCalls}. Each account has its own SDK
 * client, because the SDK's global client knows only one account. Every method fails with a {@link TransientFailure}
 * (may be retried) or a {@link PermanentFailure}; {@link TwilioErrors} decides which.
 */
@ApplicationScoped
public class TwilioApi {

    private static final int MAX_CLIENTS = 1000;
    private static final int MAX_CALLS = 200;
    private static final long PAGE_SIZE = 100;
    private static final Set<Message.Status> FAILED =
            EnumSet.of(Message.Status.FAILED, Message.Status.UNDELIVERED, Message.Status.CANCELED);

    private final Map<TwilioAccount, TwilioRestClient> clients = new ConcurrentHashMap<>();
    private final BlockingCalls calls = new BlockingCalls(MAX_CALLS);
    private final TwilioApiHttp http;
    private final TwilioConfig config;
    private final Tracing tracing;

    TwilioApi(TwilioConfig config, Tracing tracing, Clock clock) {
        this.config = config;
        this.tracing = tracing;
        this.http = new TwilioApiHttp(config, clock);
    }

    /** The numbers of a message, in Twilio's form, for example {@code whatsapp:+5511999999999}. */
    record Addresses(String from, String to) {}

    /**
     * A message in Twilio's list.
     *
     * @param failed whether Twilio reports that it was not delivered
     */
    record Sent(String sid, String body, Instant createdAt, boolean failed) {}

    /** The longest time that one request takes. */
    public Duration requestLimit() {
        return config.requestTimeLimit();
    }

    /**
     * Sends a message once, without retries. After a transient failure Twilio may have the message nevertheless.
     *
     * @return Twilio's id of the message
     */
    Uni<String> send(TwilioAccount account, Addresses between, TwilioOutgoing content, URI statusCallback) {
        return run("Message.create", config.requestTimeLimit(), () -> creator(between, content)
                        .setStatusCallback(statusCallback)
                        .create(clientOf(account))
                        .getSid())
                .map(StorableText::of);
    }

    private static MessageCreator creator(Addresses between, TwilioOutgoing content) {
        MessageCreator creator =
                Message.creator(new PhoneNumber(between.to()), new PhoneNumber(between.from()), content.body());
        if (content.mediaUrl() != null) {
            creator.setMediaUrl(List.of(content.mediaUrl()));
        }
        if (content.action() != null) {
            creator.setPersistentAction(List.of(content.action()));
        }
        return content.contentSid() == null
                ? creator
                : creator.setContentSid(content.contentSid()).setContentVariables(content.contentVariables());
    }

    /**
     * The newest messages between the two addresses. The query has no date of sending, because a message that
     * is still queued at Twilio has none.
     */
    Uni<List<Sent>> newest(TwilioAccount account, Addresses between) {
        return run("Message.list", config.requestTimeLimit(), () -> Message.reader()
                .setFrom(between.from())
                .setTo(between.to())
                .setPageSize(PAGE_SIZE)
                .firstPage(clientOf(account))
                .getRecords()
                .stream()
                .map(message -> new Sent(
                        StorableText.of(message.getSid()),
                        message.getBody(),
                        createdAt(message),
                        FAILED.contains(message.getStatus())))
                .toList());
    }

    /** Whether the account sends WhatsApp messages from this number. */
    Uni<Boolean> hasWhatsAppSender(
            TwilioAccount account, dev.comuta.platform.rest.PhoneNumber number, Duration timeLimit) {
        return lookUp("ChannelsSender.list", timeLimit, () -> {
            for (ChannelsSender sender : ChannelsSender.reader("whatsapp").read(clientOf(account))) {
                dev.comuta.platform.rest.PhoneNumber own = TwilioMessage.numberIn(sender.getSenderId());
                if (own != null && own.isSame(number)) {
                    return true;
                }
            }
            return false;
        });
    }

    /**
     * A WhatsApp sender of the account.
     *
     * @param status in Twilio's words; it sends and receives when it is online
     * @param webhook the address of incoming messages; null when it has none
     */
    record Sender(String status, String webhook) {

        boolean isOnline() {
            return "online".equalsIgnoreCase(status);
        }
    }

    /** The WhatsApp sender with this number; null when the account has none. A list of senders has no webhooks. */
    Uni<Sender> sender(TwilioAccount account, dev.comuta.platform.rest.PhoneNumber number, Duration timeLimit) {
        return lookUp("ChannelsSender.fetch", timeLimit, () -> {
            for (ChannelsSender sender : ChannelsSender.reader("whatsapp").read(clientOf(account))) {
                dev.comuta.platform.rest.PhoneNumber own = TwilioMessage.numberIn(sender.getSenderId());
                if (own != null && own.isSame(number)) {
                    return described(ChannelsSender.fetcher(sender.getSid()).fetch(clientOf(account)));
                }
            }
            return null;
        });
    }

    private static Sender described(ChannelsSender sender) {
        return new Sender(
                String.valueOf(sender.getStatus()),
                sender.getWebhook() == null ? null : sender.getWebhook().getCallbackUrl());
    }

    /** Whether the account has this telephone number, in E.164. */
    Uni<Boolean> hasNumber(TwilioAccount account, String number, Duration timeLimit) {
        return lookUp(
                "IncomingPhoneNumber.list",
                timeLimit,
                () ->
                        IncomingPhoneNumber.reader()
                                .setPhoneNumber(new PhoneNumber(number))
                                .firstPage(clientOf(account))
                                .getRecords()
                                .stream()
                                .anyMatch(found -> number.equals(String.valueOf(found.getPhoneNumber()))));
    }

    /**
     * A page of the messages to a number, the newest first.
     *
     * @param next the address of the next page; null when this is the last one
     */
    record InboundPage(List<Inbound> messages, String next) {}

    /**
     * A received message in Twilio's list.
     *
     * @param sentAt null when Twilio gives none
     */
    record Inbound(String sid, String from, String body, Instant sentAt, int files) {}

    /** A file of a message. */
    record InboundFile(String path, String contentType) {}

    /**
     * The messages to a number of the account that were sent in a period.
     *
     * @param until null for no end
     * @param next the address of the page; null for the first one
     */
    Uni<InboundPage> received(TwilioAccount account, String to, Instant from, Instant until, String next) {
        return query("Message.list", () -> {
            MessageReader reader = Message.reader()
                    .setTo(to)
                    .setDateSentAfter(from.atZone(ZoneOffset.UTC))
                    .setPageSize(PAGE_SIZE);
            if (until != null) {
                reader.setDateSentBefore(until.atZone(ZoneOffset.UTC));
            }
            TwilioRestClient client = clientOf(account);
            return inbound(next == null ? reader.firstPage(client) : reader.getPage(next, client));
        });
    }

    private static InboundPage inbound(Page<Message> page) {
        List<Inbound> messages = page.getRecords().stream()
                .filter(message -> message.getDirection() == Message.Direction.INBOUND)
                .map(message -> new Inbound(
                        StorableText.of(message.getSid()),
                        String.valueOf(message.getFrom()),
                        message.getBody(),
                        message.getDateSent() == null
                                ? null
                                : message.getDateSent().toInstant(),
                        files(message)))
                .toList();
        return new InboundPage(messages, page.hasNextPage() ? page.getNextPageUrl("api") : null);
    }

    private static int files(Message message) {
        String count = message.getNumMedia();
        return count == null || !count.matches("[0-9]{1,2}") ? 0 : Integer.parseInt(count);
    }

    /** The files of a received message. */
    Uni<List<InboundFile>> files(TwilioAccount account, String messageSid) {
        return query("Media.list", () -> Media.reader(messageSid).firstPage(clientOf(account)).getRecords().stream()
                .map(file -> new InboundFile(file.getUri().replaceFirst("\\.json$", ""), file.getContentType()))
                .toList());
    }

    private <T> Uni<T> query(String operation, Supplier<T> call) {
        return run(operation, config.requestTimeLimit(), call)
                .onFailure()
                .transform(TwilioErrors::ofLookUp)
                .onFailure()
                .transform(TwilioErrors::ofQuery);
    }

    /** A request to another resource of the account, which sends no message. */
    public <T> Uni<T> call(
            TwilioAccount account, String operation, Duration timeLimit, Function<TwilioRestClient, T> request) {
        return lookUp(operation, timeLimit, () -> request.apply(clientOf(account)));
    }

    /** The time of creation. Without one, the message counts as newer than any other. */
    private static Instant createdAt(Message message) {
        return message.getDateCreated() == null
                ? Instant.MAX
                : message.getDateCreated().toInstant();
    }

    private TwilioRestClient clientOf(TwilioAccount account) {
        if (clients.size() > MAX_CLIENTS) {
            clients.clear();
        }
        return clients.computeIfAbsent(
                account, key -> new TwilioRestClient.Builder(account.accountSid(), account.authToken())
                        .httpClient(http)
                        .build());
    }

    private <T> Uni<T> lookUp(String operation, Duration timeLimit, Supplier<T> call) {
        return run(operation, timeLimit, call).onFailure().transform(TwilioErrors::ofLookUp);
    }

    private <T> Uni<T> run(String operation, Duration timeLimit, Supplier<T> call) {
        return tracing.span(SpanKind.CLIENT, "twilio " + operation, Attributes.empty(), () -> calls.run(timeLimit, call)
                .onFailure()
                .transform(TwilioErrors::of));
    }
}
