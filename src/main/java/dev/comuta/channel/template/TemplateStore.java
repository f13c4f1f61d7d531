package dev.comuta.channel.template;

import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.Provider;
import dev.comuta.channel.template.TemplateCatalogue.ProviderTemplate;
import dev.comuta.channel.template.TemplateReports.TemplateReport;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Statements of the table Templates. */
@ApplicationScoped
public class TemplateStore {

    /** Templates that a conflict names. */
    private static final int NAMED = 20;

    private static final String COLUMNS = " ProviderID, Name, Language, Category, Status, Quality, Reason, Components ";

    private static final String INSERT = """
            insert into Templates (ClientID, ChannelID, Name, Language, Category, Status, Components)
            values ($1, $2, $3, $4, $5, $6, $7) returning TemplateID""";

    private static final String GET =
            "select ChannelID," + COLUMNS + "from Templates where TemplateID = $1 and ClientID = $2 for no key update";

    private static final String CREATED = """
            update Templates
            set ProviderID = $3, Status = $4, Category = coalesce($5, Category), Reason = $6, Components = $7,
                UpdatedAt = clock_timestamp()
            where TemplateID = $1 and ClientID = $2 and Status <> 'Excluído'""";

    private static final String SET_STATUS = """
            update Templates set Status = $3, Reason = $4, UpdatedAt = clock_timestamp()
            where TemplateID = $1 and ClientID = $2""";

    /** A template that the provider does not list any more is deleted there. */
    private static final String SYNC = """
            with given as (
                select distinct on (g.name, g.language) g.* from jsonb_to_recordset($3) as g(
                    "providerId" text, name text, language text, category text, status text, quality text,
                    reason text, components jsonb)
            ), written as (
                insert into Templates as t (ClientID, ChannelID, Name, Language, Category, Status, Quality, Reason,
                                            Components, ProviderID)
                select $1, $2, g.name, g.language, coalesce(g.category, 'Utilidade'), g.status, g.quality, g.reason,
                       g.components, g."providerId"
                from given g
                on conflict (ClientID, ChannelID, Name, Language) where Status <> 'Excluído' do update
                set Category = excluded.Category, Status = excluded.Status, Quality = excluded.Quality,
                    Reason = excluded.Reason, Components = excluded.Components, ProviderID = excluded.ProviderID,
                    Version = t.Version + (t.Components is distinct from excluded.Components)::integer,
                    UpdatedAt = clock_timestamp()
            )
            update Templates t set Status = 'Excluído', UpdatedAt = clock_timestamp()
            where t.ClientID = $1 and t.ChannelID = $2 and t.ProviderID is not null and t.Status <> 'Excluído'
              and not exists (select from given g where g.name = t.Name and g.language = t.Language)""";

    private static final String REPORT = """
            update Templates t
            set Status = coalesce($3, t.Status), Quality = coalesce($4, t.Quality), Category = coalesce($5, t.Category),
                Reason = case when $3::text is null then t.Reason else $6 end, UpdatedAt = clock_timestamp()
            from CommunicationChannels c
            where c.ChannelID = t.ChannelID and c.Provider = $1 and t.ProviderID = $2 and t.Status <> 'Excluído'
              and ($7::bigint is null or t.ClientID = $7)
            returning t.ClientID, t.TemplateID, t.Name""";

    /** A message may also name a template by the provider's id. */
    private static final String FIND = "select" + COLUMNS + """
            from Templates
            where ClientID = $1 and ChannelID = $2 and (Name = $3 and Language = $4 or ProviderID = $3)
              and Status <> 'Excluído'
            limit 1""";

    private static final String USABLE = "select" + COLUMNS + """
            from Templates where ClientID = $1 and ChannelID = $2 and Status = 'Aprovado'
            order by Name, Language limit $3""";

    private static final String ANY = "select from Templates where ClientID = $1 and ChannelID = $2 limit 1";

    /** A template with the channel that has it. */
    record OfChannel(ChannelRef channel, ProviderTemplate template) {}

    /** A template whose state the provider changed. */
    record Changed(long clientId, long templateId, String name) {}

    /** The template that a message names; null when the channel has none such. */
    public Uni<KnownTemplate> find(Tx tx, ChannelRef channel, String name, String language) {
        return tx.find(FIND, TemplateStore::known, channel.clientId(), channel.channelId(), name, language);
    }

    /** The approved templates of a channel, the first 20 by name. */
    public Uni<List<KnownTemplate>> usable(Tx tx, ChannelRef channel) {
        return tx.list(USABLE, TemplateStore::known, channel.clientId(), channel.channelId(), NAMED);
    }

    /** Whether any template of the channel was ever read or created. */
    public Uni<Boolean> knowsAny(Tx tx, ChannelRef channel) {
        return tx.sql(ANY, channel.clientId(), channel.channelId()).map(rows -> rows.size() > 0);
    }

    Uni<Long> insert(Tx tx, ChannelRef channel, ProviderTemplate template) {
        return tx.find(
                INSERT,
                row -> row.getLong(0),
                channel.clientId(),
                channel.channelId(),
                template.name(),
                template.language(),
                template.category().stored(),
                template.status().stored(),
                StoredTemplate.stored(template.components()));
    }

    /** Locks a template. Fails with 404 when the client has none such. */
    Uni<OfChannel> lock(Tx tx, long clientId, long templateId) {
        return tx.get(
                GET,
                row -> new OfChannel(new ChannelRef(clientId, row.getLong("channelid")), template(row)),
                "template",
                templateId,
                clientId);
    }

    /** The provider has the template. */
    Uni<Void> created(Tx tx, long clientId, long templateId, ProviderTemplate made) {
        return tx.execute(
                        CREATED,
                        templateId,
                        clientId,
                        made.providerId(),
                        made.status().stored(),
                        made.category() == null ? null : made.category().stored(),
                        made.reason(),
                        StoredTemplate.stored(made.components()))
                .replaceWithVoid();
    }

    Uni<Void> set(Tx tx, long clientId, long templateId, TemplateStatus status, String reason) {
        return tx.execute(SET_STATUS, templateId, clientId, status.stored(), reason)
                .replaceWithVoid();
    }

    /** Stores the templates of a channel as the provider lists them. */
    Uni<Void> sync(Tx tx, ChannelRef channel, List<ProviderTemplate> listed) {
        JsonArray rows = new JsonArray();
        listed.stream()
                .filter(template -> template.status() != TemplateStatus.DELETED)
                .forEach(template -> rows.add(json(template)));
        return tx.execute(SYNC, channel.clientId(), channel.channelId(), rows).replaceWithVoid();
    }

    /** Applies a report of the provider to the template in every channel of its account; of one client, unless null. */
    Uni<List<Changed>> apply(Tx tx, Provider provider, Long clientId, TemplateReport report) {
        return tx.list(
                REPORT,
                row -> new Changed(row.getLong("clientid"), row.getLong("templateid"), row.getString("name")),
                provider.stored(),
                report.providerId(),
                report.status() == null ? null : report.status().stored(),
                report.quality() == null ? null : report.quality().stored(),
                report.category() == null ? null : report.category().stored(),
                report.reason(),
                clientId);
    }

    private static JsonObject json(ProviderTemplate template) {
        return new JsonObject()
                .put("providerId", template.providerId())
                .put("name", template.name())
                .put("language", template.language())
                .put(
                        "category",
                        template.category() == null ? null : template.category().stored())
                .put("status", template.status().stored())
                .put(
                        "quality",
                        template.quality() == null ? null : template.quality().stored())
                .put("reason", template.reason())
                .put("components", StoredTemplate.stored(template.components()));
    }

    private static KnownTemplate known(Row row) {
        ProviderTemplate template = template(row);
        return new KnownTemplate(
                template.providerId(),
                template.name(),
                template.language(),
                template.category(),
                template.status(),
                template.components());
    }

    private static ProviderTemplate template(Row row) {
        return new ProviderTemplate(
                row.getString("providerid"),
                row.getString("name"),
                row.getString("language"),
                TemplateCategory.of(row.getString("category")),
                TemplateStatus.of(row.getString("status")),
                TemplateQuality.of(row.getString("quality")),
                row.getString("reason"),
                StoredTemplate.parts(row.getJsonObject("components")));
    }
}
