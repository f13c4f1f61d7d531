package dev.comuta.provider.meta;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.channel.setup.SetupCheck;
import dev.comuta.channel.setup.SetupStep;
import dev.comuta.channel.setup.StepName;
import dev.comuta.platform.boot.PublicUrlConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The set-up of a number at Meta: token, number, account, registration, subscribed app, address and fields of the webhook
 * (Graph API, "Phone Number", "WhatsApp Business Account subscribed apps", "Webhook overrides").
 */
@ApplicationScoped
class MetaSetup implements SetupCheck {

    private static final String DATA = "data";

    private final MetaApi api;
    private final String publicUrl;

    MetaSetup(MetaApi api, PublicUrlConfig config) {
        this.api = api;
        this.publicUrl = config.publicUrl().toString().replaceFirst("/+$", "");
    }

    @Override
    public Provider provider() {
        return MetaProvider.META;
    }

    /**
     * A channel with its account.
     *
     * @param business the id of the business account; null when the channel has none
     */
    private record Target(CheckedChannel checked, MetaAccount account, String business, Duration timeLimit) {

        OutboundChannel channel() {
            return checked.channel();
        }
    }

    @Override
    public Uni<List<SetupStep>> check(CheckedChannel checked, Duration timeLimit) {
        OutboundChannel channel = checked.channel();
        MetaAccount account = MetaAccount.of(channel.providerId(), channel.credentials());
        if (account == null) {
            return Uni.createFrom()
                    .item(List.of(
                            SetupStep.missing(
                                    StepName.CREDENTIALS,
                                    "Set `providerId` to the phone number ID, and `credentials.accessToken` to the token of the system user."),
                            SetupStep.webhook(checked.lastWebhookAt())));
        }
        Target target = new Target(
                checked, account, channel.credentials().getString(MetaTemplates.BUSINESS_ACCOUNT), timeLimit);
        return Uni.join()
                .all(
                        number(target),
                        account(target).map(List::of),
                        registration(target).map(List::of),
                        subscription(target).map(List::of),
                        address(target))
                .andFailFast()
                .map(parts -> parts.stream().flatMap(List::stream).toList());
    }

    /** The steps of the token and of the number. */
    private Uni<List<SetupStep>> number(Target target) {
        return read(target, "?fields=id,display_phone_number")
                .map(number -> List.of(tokenIsValid(), ofNumber(target, number)))
                .onFailure()
                .recoverWithItem(
                        failure -> MetaErrors.isOfToken(failure)
                                ? List.of(
                                        SetupStep.missing(
                                                StepName.CREDENTIALS,
                                                "Meta refused the token (" + failure.getMessage()
                                                        + "). Generate a token of the system user that never expires, with `whatsapp_business_messaging` and `whatsapp_business_management`."),
                                        SetupStep.unknown(StepName.NUMBER, "The token does not read the number."))
                                : List.of(
                                        SetupStep.unknown(StepName.CREDENTIALS, failure.getMessage()),
                                        SetupStep.missing(
                                                StepName.NUMBER,
                                                "The token does not read this phone number ID (" + failure.getMessage()
                                                        + "). Copy it from WhatsApp Manager, and assign the account to the system user.")));
    }

    private static SetupStep tokenIsValid() {
        return SetupStep.done(StepName.CREDENTIALS, "Meta accepts the token.");
    }

    private static SetupStep ofNumber(Target target, JsonObject number) {
        OutboundChannel channel = target.channel();
        return MetaProbe.isNumber(channel.channelIdentifier(), channel.providerId(), number)
                ? SetupStep.done(StepName.NUMBER, "The phone number ID is that of the channel's number.")
                : SetupStep.missing(
                        StepName.NUMBER,
                        "The phone number ID belongs to another number. Copy the ID of this number from WhatsApp Manager.");
    }

    private Uni<SetupStep> account(Target target) {
        if (target.business() == null) {
            return Uni.createFrom()
                    .item(
                            SetupStep.missing(
                                    StepName.ACCOUNT,
                                    "Set `credentials.businessAccountId` to the WhatsApp Business Account ID. Templates need it too."));
        }
        String path = target.business() + "/phone_numbers?fields=id&limit=100";
        return answered(StepName.ACCOUNT, api.read(target.account().accessToken(), path, target.timeLimit()), list -> {
            boolean has = list.getJsonArray(DATA, new JsonArray()).stream()
                    .anyMatch(item -> item instanceof JsonObject number
                            && target.account().phoneNumberId().equals(String.valueOf(number.getValue("id"))));
            return has
                    ? SetupStep.done(StepName.ACCOUNT, "The number is in the business account.")
                    : SetupStep.missing(
                            StepName.ACCOUNT,
                            "The business account does not list the number. Copy the ID of the account that has it to `credentials.businessAccountId`.");
        });
    }

    private Uni<SetupStep> registration(Target target) {
        return answered(StepName.REGISTRATION, read(target, "?fields=status,platform_type"), number -> {
            boolean registered = "CLOUD_API".equals(number.getValue("platform_type"))
                    || "CONNECTED".equals(number.getValue("status"));
            return registered
                    ? SetupStep.done(StepName.REGISTRATION, "The number is registered at the Cloud API.")
                    : SetupStep.missing(
                            StepName.REGISTRATION,
                            "Register the number with a PIN: POST /{phone number ID}/register. Until then sending fails with code 133010.");
        });
    }

    private Uni<SetupStep> subscription(Target target) {
        if (target.business() == null) {
            return Uni.createFrom()
                    .item(SetupStep.unknown(
                            StepName.SUBSCRIPTION, "The channel has no `credentials.businessAccountId` to ask for."));
        }
        String path = target.business() + "/subscribed_apps";
        return answered(
                StepName.SUBSCRIPTION,
                api.read(target.account().accessToken(), path, target.timeLimit()),
                apps -> apps.getJsonArray(DATA, new JsonArray()).isEmpty()
                        ? SetupStep.missing(
                                StepName.SUBSCRIPTION,
                                "No app gets the webhooks of the account. Subscribe the app: POST /{business account ID}/subscribed_apps.")
                        : SetupStep.done(StepName.SUBSCRIPTION, "An app is subscribed to the account."));
    }

    /** The steps of the webhook. Meta stores an address only after our answer to its verify token. */
    private Uni<List<SetupStep>> address(Target target) {
        return answered(StepName.ADDRESS, read(target, "?fields=webhook_configuration"), this::ofAddress)
                .map(address -> List.of(
                        address,
                        fields(target.checked()),
                        SetupStep.webhook(target.checked().lastWebhookAt())));
    }

    private SetupStep ofAddress(JsonObject number) {
        String address = number.getValue("webhook_configuration") instanceof JsonObject addresses
                ? addressIn(addresses, "phone_number", "whatsapp_business_account", "application")
                : null;
        String ours = publicUrl + MetaWebhook.PATH;
        if (address == null) {
            return SetupStep.missing(
                    StepName.ADDRESS,
                    "Meta has no address for webhooks. Set the callback URL " + ours
                            + " and the verify token in the app, under WhatsApp, Configuration.");
        }
        return address.equals(ours) || address.startsWith(ours + "?")
                ? SetupStep.done(StepName.ADDRESS, "Meta verified " + address + " with the verify token.")
                : SetupStep.missing(
                        StepName.ADDRESS, "Meta sends webhooks to another address. Set the callback URL " + ours + ".");
    }

    /** The address that applies: the one of the number, else the one of its account, else the one of the app. */
    private static String addressIn(JsonObject addresses, String... names) {
        for (String name : names) {
            if (addresses.getValue(name) instanceof String address && !address.isBlank()) {
                return address;
            }
        }
        return null;
    }

    /** Only the app's own token may list the fields, so a delivery is the proof. */
    private static SetupStep fields(CheckedChannel checked) {
        return checked.lastWebhookAt() == null
                ? SetupStep.unknown(
                        StepName.FIELDS,
                        "Meta shows the fields in the app only. Subscribe to `messages`, and to the fields that the set-up page names.")
                : SetupStep.done(StepName.FIELDS, "The field `messages` is subscribed: a delivery arrived.");
    }

    private Uni<JsonObject> read(Target target, String query) {
        MetaAccount account = target.account();
        return api.read(account.accessToken(), account.phoneNumberId() + query, target.timeLimit());
    }

    private static Uni<SetupStep> answered(
            StepName step, Uni<JsonObject> answer, Function<JsonObject, SetupStep> found) {
        return answer.map(found)
                .onFailure()
                .recoverWithItem(failure -> SetupStep.unknown(step, "Meta did not say: " + failure.getMessage()));
    }
}
