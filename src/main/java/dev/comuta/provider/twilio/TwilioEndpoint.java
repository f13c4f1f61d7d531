package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelType;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.webhook.WebhookEndpoint;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/**
 * The common part of Twilio's webhooks. Twilio's signature covers the URL and every field of the form. So the form is
 * parsed first, without effect, and used only after the signature is verified with a token of the channel's account.
 */
public abstract class TwilioEndpoint implements WebhookEndpoint<TwilioEndpoint.Claim> {

    /** Name of the security scheme of Twilio's signature in the API description. */
    public static final String SIGNATURE_SCHEME = TwilioSignature.SCHEME;

    private static final Set<String> FORM = Set.of("application/x-www-form-urlencoded");

    private final ChannelDirectory channels;
    private final TwilioAddresses addresses;

    protected TwilioEndpoint(ChannelDirectory channels, TwilioAddresses addresses) {
        this.channels = channels;
        this.addresses = addresses;
    }

    /**
     * A form and its channel.
     *
     * @param form null when the body is not a form
     * @param route null for an unknown channel
     */
    public record Claim(TwilioForm form, ChannelRoute route) {

        /**
         * The tokens of the channel's account; empty for a form of another account or a channel of another provider.
         */
        private List<String> tokens() {
            TwilioAccount account = TwilioAccount.of(route);
            String accountSid = form == null ? null : form.get("AccountSid");
            return account == null || (accountSid != null && !accountSid.equals(account.accountSid()))
                    ? List.of()
                    : account.tokens();
        }
    }

    /** {@return the channel of a form, or null when there is none} */
    protected abstract Uni<ChannelRoute> route(WebhookRequest request, TwilioForm form);

    @Override
    public Set<String> mediaTypes() {
        return FORM;
    }

    @Override
    public Uni<Claim> owner(WebhookRequest request) {
        return TwilioForm.parse(request.body())
                .map(form -> route(request, form).map(route -> new Claim(form, route)))
                .orElseGet(() -> Uni.createFrom().item(new Claim(null, null)));
    }

    @Override
    public List<String> secrets(Claim claim) {
        return claim.tokens();
    }

    @Override
    public boolean isSigned(Claim claim, String token, WebhookRequest request) {
        return claim.form() != null
                && TwilioSignature.verifies(
                        token,
                        request.header(TwilioSignature.HEADER),
                        addresses.publicUrlOf(request.uri()),
                        claim.form());
    }

    @Override
    public Problem rejection(WebhookRequest request) {
        if (request.header(TwilioSignature.HEADER) == null) {
            return WebhookEndpoint.unsigned(TwilioSignature.HEADER + " is required");
        }
        return TwilioForm.parse(request.body()).isEmpty()
                ? Problem.invalid(
                        "body", "must be a form in application/x-www-form-urlencoded with at most 1000 fields")
                : WebhookEndpoint.super.rejection(request);
    }

    /**
     * The active channel of this type with a number.
     *
     * @param number null finds none
     */
    protected Uni<ChannelRoute> findByNumber(ChannelType type, PhoneNumber number) {
        return number == null ? Uni.createFrom().nullItem() : channels.findRoute(type, number);
    }

    /** The active channel with our own id. */
    protected Uni<ChannelRoute> findById(long channelId) {
        return channels.findRoute(channelId);
    }
}
