package dev.comuta.provider.twilio;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.content.v1.Content;
import com.twilio.rest.content.v1.ContentAndApprovals;
import com.twilio.rest.content.v1.content.ApprovalCreate;
import com.twilio.rest.content.v1.content.ApprovalCreate.ContentApprovalRequest;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.channel.template.TemplateCatalogue;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The templates of an account in Twilio's Content API. A content becomes a template of WhatsApp when its approval is
 * requested; contents without a request are no templates.
 */
@ApplicationScoped
class TwilioTemplates implements TemplateCatalogue {

    private static final int PAGE_SIZE = 500;
    private static final int NOT_FOUND = 404;

    /** For all pages of the list, or for the requests that create a template. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TwilioApi api;

    TwilioTemplates(TwilioApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return TwilioProvider.TWILIO;
    }

    @Override
    public boolean reportsReviews() {
        return false;
    }

    @Override
    public Uni<List<ProviderTemplate>> list(OutboundChannel channel) {
        return call(channel, "ContentAndApprovals.list", client -> contents(client).stream()
                .map(TwilioTemplate::read)
                .filter(Objects::nonNull)
                .toList());
    }

    @Override
    public Uni<ProviderTemplate> find(OutboundChannel channel, String name, String language) {
        return list(channel).map(all -> all.stream()
                .filter(one -> one.name().equals(name) && one.language().equals(language))
                .findFirst()
                .orElse(null));
    }

    /** An earlier attempt may have created the content and not requested its approval. */
    @Override
    public Uni<ProviderTemplate> create(OutboundChannel channel, ProviderTemplate template) {
        return call(channel, "Content.create", client -> {
            ProviderTemplate numbered = TwilioTemplate.numbered(template);
            String sid = contents(client).stream()
                    .filter(content -> TwilioTemplate.isDraft(content, template))
                    .map(ContentAndApprovals::getSid)
                    .findFirst()
                    .orElseGet(() -> Content.creator(TwilioTemplate.request(numbered, client.getObjectMapper()))
                            .create(client)
                            .getSid());
            ContentApprovalRequest approval = ContentApprovalRequest.builder(
                            template.name(), TwilioTemplate.category(template.category()))
                    .build();
            return TwilioTemplate.created(
                    numbered, sid, ApprovalCreate.creator(sid, approval).create(client));
        });
    }

    @Override
    public Uni<Void> delete(OutboundChannel channel, ProviderTemplate template) {
        return template.providerId() == null
                ? Uni.createFrom().voidItem()
                : call(channel, "Content.delete", client -> delete(client, template.providerId()))
                        .replaceWithVoid();
    }

    private static boolean delete(TwilioRestClient client, String sid) {
        try {
            return Content.deleter(sid).delete(client);
        } catch (ApiException e) {
            if (Objects.equals(e.getStatusCode(), NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    private static List<ContentAndApprovals> contents(TwilioRestClient client) {
        List<ContentAndApprovals> all = new ArrayList<>();
        ContentAndApprovals.reader().setPageSize(PAGE_SIZE).read(client).forEach(all::add);
        return all;
    }

    private <T> Uni<T> call(OutboundChannel channel, String operation, Function<TwilioRestClient, T> request) {
        TwilioAccount account = TwilioAccount.of(channel.credentials());
        return account == null
                ? Uni.createFrom().failure(new PermanentFailure("the channel has no Twilio credentials"))
                : api.call(account, operation, LIMIT, client -> inWords(client, request));
    }

    /** A refusal keeps Twilio's words, which are about the template and no person. */
    private static <T> T inWords(TwilioRestClient client, Function<TwilioRestClient, T> request) {
        try {
            return request.apply(client);
        } catch (ApiException e) {
            String words = TwilioErrors.isRefusal(e) ? StorableText.of(e.getMessage()) : null;
            if (words == null || words.isBlank()) {
                throw e;
            }
            throw new PermanentFailure(words + ", code " + e.getCode(), e);
        }
    }
}
