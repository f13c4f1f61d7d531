package dev.comuta.call.outgoing;

import dev.comuta.call.CallProvider;
import dev.comuta.call.CallProviders;
import dev.comuta.call.answer.WhatsAppAddress;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelTerms;
import dev.comuta.people.ContactedPeople;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Finds the end users whom the company calls, and checks that they may be called. */
@ApplicationScoped
class CalledPeople {

    private final ChannelDirectory channels;
    private final ContactedPeople people;
    private final CallConsents consents;
    private final CallProviders providers;

    CalledPeople(ChannelDirectory channels, ContactedPeople people, CallConsents consents, CallProviders providers) {
        this.channels = channels;
        this.people = people;
        this.consents = consents;
        this.providers = providers;
    }

    /**
     * The end user of a request, who is added when the number is not known yet. Fails with a problem when the number must
     * not be called, is the client's own, or when the end user is 'Inativo' or opted out; over WhatsApp also when the
     * provider cannot, and without the end user's permission.
     *
     * @param countries that may be called
     */
    Uni<CalledPerson> require(Tx tx, ChannelTerms channel, Set<String> countries, OutgoingCallFields fields) {
        return (fields.endUserId() == null
                        ? named(tx, channel, fields.to(), countries)
                        : known(tx, channel, fields.endUserId(), countries))
                .call(person -> consents.require(tx, channel.ref().clientId(), person));
    }

    private Uni<CalledPerson> named(Tx tx, ChannelTerms channel, String to, Set<String> countries) {
        boolean overWhatsApp = WhatsAppAddress.isIn(to);
        if (overWhatsApp
                && !providers
                        .of(channel.provider())
                        .map(CallProvider::callsOverWhatsApp)
                        .orElse(false)) {
            throw Problem.invalid(
                    "to",
                    "must be a telephone number: " + channel.provider().stored() + " makes no calls over WhatsApp");
        }
        return named(tx, channel, CallableNumbers.require("to", WhatsAppAddress.numberIn(to), countries), overWhatsApp);
    }

    private Uni<CalledPerson> named(Tx tx, ChannelTerms channel, PhoneNumber number, boolean overWhatsApp) {
        long clientId = channel.ref().clientId();
        return requireForeign(tx, channel, number, "to")
                .chain(() -> people.findOrAdd(tx, clientId, number, null, channel.defaultUserId()))
                .call(endUserId -> people.requireReachable(tx, clientId, endUserId, true, "to"))
                .map(endUserId -> new CalledPerson(endUserId, number, overWhatsApp));
    }

    private Uni<CalledPerson> known(Tx tx, ChannelTerms channel, long endUserId, Set<String> countries) {
        long clientId = channel.ref().clientId();
        return people.require(tx, clientId, endUserId)
                .chain(present -> people.requireReachable(tx, clientId, present, false, "endUserId")
                        .map(number ->
                                new CalledPerson(present, number.orElseThrow(CalledPeople::withoutNumber), false)))
                .invoke(person -> CallableNumbers.require("endUserId", person.number(), countries))
                .call(person -> requireForeign(tx, channel, person.number(), "endUserId"));
    }

    private static Problem withoutNumber() {
        return Problem.invalid("endUserId", "has no phone number; name the number in `to`");
    }

    private Uni<Void> requireForeign(Tx tx, ChannelTerms channel, PhoneNumber number, String field) {
        return channels.isOwn(tx, channel, number)
                .invoke(own -> {
                    if (own) {
                        throw Problem.invalid(field, "is the number of a channel of this client");
                    }
                })
                .replaceWithVoid();
    }
}
