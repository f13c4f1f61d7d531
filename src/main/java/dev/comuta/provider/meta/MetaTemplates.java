package dev.comuta.provider.meta;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.channel.template.TemplateCatalogue;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The templates of a business account (Graph API, {@code /{whatsapp_business_account_id}/message_templates}). */
@ApplicationScoped
class MetaTemplates implements TemplateCatalogue {

    static final String BUSINESS_ACCOUNT = "businessAccountId";

    private static final String FIELDS =
            "?limit=100&fields=id,name,language,category,status,quality_score,rejected_reason,components";

    /** An account has at most 6,000 templates. */
    private static final int MAX_PAGES = 60;

    private final MetaApi api;

    MetaTemplates(MetaApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return MetaProvider.META;
    }

    @Override
    public Uni<List<ProviderTemplate>> list(OutboundChannel channel) {
        return pages(channel, FIELDS, null, 1).map(MetaTemplate::read);
    }

    /** The filter by name also finds longer names. */
    @Override
    public Uni<ProviderTemplate> find(OutboundChannel channel, String name, String language) {
        return pages(channel, FIELDS + "&name=" + encoded(name), null, 1).map(found -> MetaTemplate.read(found).stream()
                .filter(one -> one.name().equals(name) && one.language().equals(language))
                .findFirst()
                .orElse(null));
    }

    @Override
    public Uni<ProviderTemplate> create(OutboundChannel channel, ProviderTemplate template) {
        return request("POST", channel, "", MetaTemplate.toJson(template))
                .map(made -> MetaTemplate.created(template, made));
    }

    @Override
    public Uni<Void> delete(OutboundChannel channel, ProviderTemplate template) {
        return find(channel, template.name(), template.language())
                .chain(found -> found == null
                        ? Uni.createFrom().voidItem()
                        : request(
                                        "DELETE",
                                        channel,
                                        "?hsm_id=" + encoded(found.providerId()) + "&name=" + encoded(found.name()),
                                        null)
                                .replaceWithVoid());
    }

    private Uni<JsonArray> pages(OutboundChannel channel, String query, String after, int page) {
        return request("GET", channel, after == null ? query : query + "&after=" + encoded(after), null)
                .chain(answer -> rest(channel, query, answer, page));
    }

    private Uni<JsonArray> rest(OutboundChannel channel, String query, JsonObject answer, int page) {
        JsonArray data = answer.getJsonArray("data", new JsonArray());
        JsonObject paging = answer.getJsonObject("paging", new JsonObject());
        String after = paging.getJsonObject("cursors", new JsonObject()).getString("after");
        boolean isLast = after == null || paging.getValue("next") == null || page == MAX_PAGES;
        return isLast
                ? Uni.createFrom().item(data)
                : pages(channel, query, after, page + 1).map(more -> joined(data, more));
    }

    private static JsonArray joined(JsonArray first, JsonArray second) {
        return second.stream().collect(first::copy, JsonArray::add, JsonArray::addAll);
    }

    private Uni<JsonObject> request(String method, OutboundChannel channel, String query, JsonObject body) {
        MetaAccount account = MetaAccount.of(channel.providerId(), channel.credentials());
        String business = account == null ? null : channel.credentials().getString(BUSINESS_ACCOUNT);
        return business == null
                ? Uni.createFrom().failure(new PermanentFailure("the channel has no credential " + BUSINESS_ACCOUNT))
                : api.request(
                        method,
                        "/" + business + "/message_templates" + query,
                        account.accessToken(),
                        body,
                        MetaErrors::ofTemplate);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
