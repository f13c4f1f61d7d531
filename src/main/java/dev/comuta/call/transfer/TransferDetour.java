package dev.comuta.call.transfer;

import dev.comuta.call.CallLegs;
import dev.comuta.call.CallRef;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.StoredCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.hook.Detour;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.transfer.TransferSteps.Place;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The steps of a call that is transferred. */
@ApplicationScoped
class TransferDetour implements Detour {

    private static final List<Verb> HANG_UP = List.of(new Hangup());

    private final Transactions transactions;
    private final Transfers transfers;
    private final TransferStore store;
    private final CallsAtProvider found;
    private final WayBack back;
    private final CallLegs legs;

    TransferDetour(
            Transactions transactions,
            Transfers transfers,
            TransferStore store,
            CallsAtProvider found,
            WayBack back,
            CallLegs legs) {
        this.transactions = transactions;
        this.transfers = transfers;
        this.store = store;
        this.found = found;
        this.back = back;
        this.legs = legs;
    }

    /** A transfer and its call. */
    private record Known(StoredCall call, StoredTransfer transfer) {}

    @Override
    public boolean owns(String position) {
        return TransferSteps.place(position) != null;
    }

    @Override
    public Uni<List<Verb>> dialed(CallRef call, Hook hook, boolean bridged) {
        Place place = TransferSteps.place(hook.position());
        TransferNews news = bridged ? TransferNews.LEFT : TransferNews.UNANSWERED;
        return transactions.statementsInTenant(call.clientId(), tx -> (place.isBack()
                        ? store.get(tx, call.clientId(), place.transferId())
                        : transfers.report(tx, call, place.transferId(), news))
                .chain(transfer -> known(tx, call, transfer))
                .chain(known -> next(tx, known, place, bridged)));
    }

    private Uni<Known> known(Tx tx, CallRef call, StoredTransfer transfer) {
        return found.get(tx, call).map(stored -> new Known(stored.call(), transfer));
    }

    /** After a conversation the call ends. A transfer that was canceled has moved the end user elsewhere. */
    private Uni<List<Verb>> next(Tx tx, Known known, Place place, boolean bridged) {
        boolean ended = bridged || known.transfer().status() == TransferStatus.COMPLETED;
        if (place.isBack()) {
            return bridged ? Uni.createFrom().item(HANG_UP) : back.afterAll(tx, known.call());
        }
        return ended ? Uni.createFrom().item(HANG_UP) : back.steps(tx, known.call(), known.transfer());
    }

    @Override
    public Uni<List<Verb>> confirm(CallRef call, Hook hook) {
        Place place = TransferSteps.place(hook.position());
        return transactions.statementsInTenant(call.clientId(), tx -> (place.isBack()
                        ? store.get(tx, call.clientId(), place.transferId())
                        : transfers.report(tx, call, place.transferId(), TransferNews.ANSWERED))
                .chain(transfer -> known(tx, call, transfer))
                .map(known -> question(known, hook, place)));
    }

    private static List<Verb> question(Known known, Hook hook, Place place) {
        boolean isOver = known.call().state().status().isFinal()
                || (!place.isBack() && known.transfer().status().isFinal());
        return isOver ? CallFlow.gone() : TransferSteps.question(known.call(), known.transfer(), hook, place.isBack());
    }

    /** Without steps the provider connects the two. */
    @Override
    public Uni<List<Verb>> confirmed(CallRef call, Hook hook, boolean accepted) {
        Place place = TransferSteps.place(hook.position());
        return transactions.statementsInTenant(
                call.clientId(),
                tx -> place.isBack()
                        ? backConfirmed(tx, call, hook, place, accepted)
                        : confirmed(tx, call, hook, place, accepted));
    }

    private Uni<List<Verb>> backConfirmed(Tx tx, CallRef call, Hook hook, Place place, boolean accepted) {
        return !accepted
                ? Uni.createFrom().item(HANG_UP)
                : store.get(tx, call.clientId(), place.transferId())
                        .chain(transfer -> accepted(tx, call, hook, transfer))
                        .replaceWith(List.of());
    }

    private Uni<List<Verb>> confirmed(Tx tx, CallRef call, Hook hook, Place place, boolean accepted) {
        return !accepted
                ? transfers
                        .report(tx, call, place.transferId(), TransferNews.DECLINED)
                        .map(transfer -> transfer.status() == TransferStatus.BRIDGED ? List.of() : HANG_UP)
                : transfers
                        .report(tx, call, place.transferId(), TransferNews.ACCEPTED, TransferNews.BRIDGED)
                        .chain(transfer -> transfer.status() == TransferStatus.BRIDGED
                                ? accepted(tx, call, hook, transfer).replaceWith(List.of())
                                : Uni.createFrom().item(CallFlow.gone()));
    }

    private Uni<Void> accepted(Tx tx, CallRef call, Hook hook, StoredTransfer transfer) {
        return found.lock(tx, call).chain(locked -> back.callee(tx, transfer, hook.position())
                .chain(callee -> legs.accept(tx, locked, hook.position(), callee)));
    }

    /** Every telephone has its leg; only that of the new person says how the transfer goes. */
    @Override
    public Uni<Void> leg(CallRef call, Hook hook, String providerId, CallNews news) {
        Place place = TransferSteps.place(hook.position());
        return transactions.statementsInTenant(call.clientId(), tx -> found.lock(tx, call)
                .chain(locked -> store.get(tx, call.clientId(), place.transferId())
                        .chain(transfer -> back.callee(tx, transfer, hook.position()))
                        .chain(callee -> legs.report(tx, locked, hook.position(), callee, providerId, news)))
                .chain(() -> !place.isBack() && news.status() == CallStatus.RINGING
                        ? transfers
                                .report(tx, call, place.transferId(), TransferNews.RINGS)
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem()));
    }
}
