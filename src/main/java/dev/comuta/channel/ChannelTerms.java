package dev.comuta.channel;

/**
 * What decides about the content that may be sent from a channel.
 *
 * @param active whether its status is 'Ativo'
 * @param defaultUserId the broker of its sessions; null for none
 * @param assistantId the assistant of its sessions; null for none
 * @param hasWindow whether free content is accepted only in the window after a message of the end user; null when the
 *     provider decides
 */
public record ChannelTerms(
        ChannelRef ref,
        ChannelType type,
        Provider provider,
        boolean active,
        Long defaultUserId,
        Long assistantId,
        Boolean hasWindow) {}
