package dev.comuta.provider.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.messaging.v2.ChannelsSender;
import com.twilio.type.PhoneNumber;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The only user of Twilio's SDK. The SDK blocks, so it runs on virtual threads; what follows runs where the caller was.
 * One client an account: the SDK's global one knows a single account. Every method fails with a {@link TransientFailure}
 * (may be asked again) or a {@link PermanentFailure} that holds Twilio's code and none of its words, which may quote
 * telephone numbers.
 */
@ApplicationScoped
class TwilioApi {

    private static final int MAX_CLIENTS = 1000;
    private static final long NEWEST = 100;
    private static final Set<Message.Status> FAILED =
            EnumSet.of(Message.Status.FAILED, Message.Status.UNDELIVERED, Message.Status.CANCELED);

    private final Map<TwilioAccount, TwilioRestClient> clients = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TwilioHttp http;
    private final Tracing tracing;

    TwilioApi(TwilioConfig config, Tracing tracing) {
        this.tracing = tracing;
        this.http = new TwilioHttp(config);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    /** A text from one address to another; addresses as Twilio writes them. */
    record Text(String from, String to, String body) {}

    /**
     * A message that Twilio has.
     *
     * @param failed whether Twilio knows that it never arrived
     */
    record Sent(String sid, String body, Instant createdAt, boolean failed) {}

    /** Sends, once, and gives Twilio's id of the message. After a transient failure Twilio may have it all the same. */
    Uni<String> send(TwilioAccount account, Text text, URI statusCallback) {
        return ask("Message.create", () -> Message.creator(
                        new PhoneNumber(text.to()), new PhoneNumber(text.from()), text.body())
                .setStatusCallback(statusCallback)
                .create(clientOf(account))
                .getSid());
    }

    /**
     * The newest messages between two addresses. Not narrowed by the day on which they were sent: a message that still
     * waits at Twilio has none.
     */
    Uni<List<Sent>> newest(TwilioAccount account, Text text) {
        return ask("Message.list", () -> Message.reader()
                .setFrom(text.from())
                .setTo(text.to())
                .setPageSize(NEWEST)
                .firstPage(clientOf(account))
                .getRecords()
                .stream()
                .map(message -> new Sent(
                        message.getSid(), message.getBody(), createdAt(message), FAILED.contains(message.getStatus())))
                .toList());
    }

    /** Whether the account sends WhatsApp messages from this address. */
    Uni<Boolean> hasWhatsAppSender(TwilioAccount account, String address) {
        return ask("ChannelsSender.list", () -> {
            for (ChannelsSender sender : ChannelsSender.reader("whatsapp").read(clientOf(account))) {
                if (address.equals(sender.getSenderId())) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Whether the account has this telephone number, in E.164. */
    Uni<Boolean> hasNumber(TwilioAccount account, String number) {
        return ask(
                "IncomingPhoneNumber.list",
                () ->
                        IncomingPhoneNumber.reader()
                                .setPhoneNumber(new PhoneNumber(number))
                                .firstPage(clientOf(account))
                                .getRecords()
                                .stream()
                                .anyMatch(one -> number.equals(String.valueOf(one.getPhoneNumber()))));
    }

    /** A message of unknown age may be any. */
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
                account, unseen -> new TwilioRestClient.Builder(account.accountSid(), account.authToken())
                        .httpClient(http)
                        .build());
    }

    private <T> Uni<T> ask(String what, Supplier<T> call) {
        return tracing.span(SpanKind.CLIENT, "twilio " + what, Attributes.empty(), () -> onVirtualThread(call));
    }

    private <T> Uni<T> onVirtualThread(Supplier<T> call) {
        return Uni.createFrom().deferred(() -> {
            Executor caller = executor(Vertx.currentContext());
            return Uni.createFrom()
                    .item(call)
                    .runSubscriptionOn(threads)
                    .emitOn(caller)
                    .onFailure(TwilioException.class)
                    .transform(TwilioApi::explained);
        });
    }

    private static Executor executor(Context context) {
        return context == null ? Runnable::run : work -> context.runOnContext(v -> work.run());
    }

    private static RuntimeException explained(Throwable failure) {
        return failure instanceof ApiException no && no.getCode() != null
                ? new PermanentFailure("Twilio refused with code " + no.getCode())
                : new TransientFailure("Twilio could not be asked, or its answer was not understood", failure);
    }
}
