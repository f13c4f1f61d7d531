package dev.comuta.channel;

import dev.comuta.channel.ChannelProbe.ProbedChannel;
import dev.comuta.channel.ChannelService.Candidate;
import dev.comuta.channel.Credentials.Sealed;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.Versioned;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of CommunicationChannels. */
@Entity
@Table(name = "CommunicationChannels")
class Channel extends Versioned {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ChannelID")
    private Long channelId;

    @Column(name = "ClientID", updatable = false)
    private long clientId;

    @Column(name = "ChannelType")
    private String channelType;

    @Column(name = "ChannelIdentifier")
    private String channelIdentifier;

    /** The key of the number, by which channels are found. The database computes it. */
    @Column(name = "NumberKey", insertable = false, updatable = false)
    private String numberKey;

    @Column(name = "Status")
    private String status;

    @Column(name = "ProvedAt")
    private Instant provedAt;

    @Column(name = "Provider")
    private String provider;

    @Column(name = "ProviderID")
    private String providerId;

    @Column(name = "OutboundUrl")
    private String outboundUrl;

    @Column(name = "WebhookSecret")
    private String webhookSecret;

    @Column(name = "PreviousWebhookSecret")
    private String previousWebhookSecret;

    @Column(name = "PreviousSecretUntil")
    private Instant previousSecretUntil;

    @Column(name = "Credentials")
    private String credentials;

    /** The account that webhooks name: from the credentials, or learned by {@link ChannelReports}. */
    @Column(name = "ProviderAccount")
    private String providerAccount;

    @Column(name = "SIPTrunkID")
    private String sipTrunkId;

    @Column(name = "DefaultUserID")
    private Long defaultUserId;

    @Column(name = "AssistantID")
    private Long assistantId;

    @Column(name = "Settings")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> settings = Map.of();

    /** What the provider reports; {@link ChannelReports} writes it. */
    @Column(name = "Condition")
    private String condition = ChannelCondition.NORMAL.stored();

    @Column(name = "ConditionSource")
    private String conditionSource;

    @Column(name = "ConditionCause")
    private String conditionCause;

    @Column(name = "ConditionAt")
    private Instant conditionAt;

    Channel() {}

    Channel(long clientId, ChannelFields fields, Sealed sealedCredentials, String sealedSecret, Instant now) {
        super(now);
        this.clientId = clientId;
        webhookSecret = sealedSecret;
        change(fields, sealedCredentials, now);
    }

    /** Replaces the fields. The new ones must have a status and a provider. */
    final Channel change(ChannelFields fields, Sealed sealedCredentials, Instant now) {
        if (channelType != null && !isSameNumber(fields)) {
            provedAt = null;
        }
        channelType = fields.channelType();
        channelIdentifier = numberOf(fields).e164();
        status = fields.status();
        // the account of other providers is the one that ChannelReports learned
        providerAccount = sealedCredentials.account() == null && Objects.equals(provider, fields.provider())
                ? providerAccount
                : sealedCredentials.account();
        provider = fields.provider();
        providerId = fields.providerId();
        outboundUrl = fields.outboundUrl();
        credentials = sealedCredentials.text();
        sipTrunkId = fields.sipTrunkId();
        defaultUserId = fields.defaultUserId();
        assistantId = fields.assistantId();
        settings = fields.settings() == null ? Map.of() : fields.settings().stored();
        if (ActivationStatus.ACTIVE.equals(status)) {
            provedAt = now;
        }
        clearCondition();
        changed(now);
        return this;
    }

    /** A change may be the remedy; if it is none, the provider reports the condition another time. */
    private void clearCondition() {
        condition = ChannelCondition.NORMAL.stored();
        conditionSource = null;
        conditionCause = null;
        conditionAt = null;
    }

    /** Whether the provider reports nothing bad about the channel. */
    boolean isNormal() {
        return ChannelCondition.NORMAL.stored().equals(condition);
    }

    /** Whether the fields name the same number at the same provider, so that its proof remains valid. */
    boolean isSameNumber(ChannelFields next) {
        return channelType.equals(next.channelType())
                && numberOf(next).isSame(new PhoneNumber(channelIdentifier))
                && Objects.equals(provider, next.provider())
                && Objects.equals(providerId, next.providerId());
    }

    private PhoneNumber numberOf(ChannelFields fields) {
        return new PhoneNumber(
                PhoneNumber.e164OrNull("channelIdentifier", fields.channelIdentifier(), channelIdentifier));
    }

    /** Sealed; null when the channel has none. */
    String credentials() {
        return credentials;
    }

    String status() {
        return status;
    }

    /** {@return provider and providerId, the key of parked deliveries, or null without an id or when inactive} */
    String address() {
        return ActivationStatus.ACTIVE.equals(status) && providerId != null ? provider + "/" + providerId : null;
    }

    /** The data for asking the provider about the number. */
    Candidate candidate(JsonObject openCredentials) {
        ProbedChannel claim =
                new ProbedChannel(new ChannelType(channelType), channelIdentifier, providerId, openCredentials);
        return new Candidate(status, provider, claim, version());
    }

    /** Sets the channel active. Fails with a conflict when it was changed after this version was proved. */
    Channel activate(int provedVersion, Instant now) {
        if (version() != provedVersion) {
            throw Problem.of(ProblemType.CONFLICT, "the channel was changed while its number was being verified");
        }
        status = ActivationStatus.ACTIVE;
        provedAt = now;
        changed(now);
        return this;
    }

    /** Replaces the secret. The previous one expires at the end of the overlap, the one before it immediately. */
    Channel rotate(String sealedSecret, Instant overlapEnd, Instant now) {
        previousWebhookSecret = webhookSecret;
        previousSecretUntil = overlapEnd;
        webhookSecret = sealedSecret;
        changed(now);
        return this;
    }

    /** Sets the channel 'Pendente', because its number is active at another client. */
    Channel markPending(Instant now) {
        status = ActivationStatus.PENDING;
        provedAt = null;
        changed(now);
        return this;
    }

    Channel deactivate(Instant now) {
        status = ActivationStatus.INACTIVE;
        changed(now);
        return this;
    }

    Revision<ChannelFields> fields(Map<String, Object> openCredentials) {
        ChannelFields fields = new ChannelFields(
                channelType,
                channelIdentifier,
                status,
                provider,
                providerId,
                outboundUrl,
                sipTrunkId,
                defaultUserId,
                assistantId,
                ChannelSettings.of(settings),
                openCredentials);
        return revision(fields);
    }

    Revision<ChannelView> view() {
        ChannelView view = new ChannelView(
                channelId,
                clientId,
                channelType,
                channelIdentifier,
                status,
                provider,
                providerId,
                outboundUrl,
                sipTrunkId,
                defaultUserId,
                assistantId,
                ChannelSettings.of(settings),
                condition,
                conditionCause,
                conditionAt,
                createdAt(),
                updatedAt());
        return revision(view);
    }

    Revision<NewChannel> withSecret(String secret) {
        return revision(new NewChannel(view().body(), secret));
    }

    long channelId() {
        return channelId;
    }

    long clientId() {
        return clientId;
    }
}
