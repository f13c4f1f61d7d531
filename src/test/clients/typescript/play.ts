// Scenario 1 and a conversation, by the TypeScript client that openapi-generator makes.
//   play register SERVER KEY NUMBER GATEWAY   prints: clientId clientKey webhookSecret
//   play read SERVER KEY CLIENT               prints: a line per message of the client's first session, then one per event
import {
    APIKeysApi,
    AssistantsApi,
    ChannelsApi,
    ClientAssistantsApi,
    ClientsApi,
    Configuration,
    type Event,
    NewKeyFieldsRoleEnum,
    SessionsApi,
    ToolsApi,
    UsersApi,
} from "./generated/index.js";

declare const process: { argv: string[]; exitCode: number };
declare const console: { log(text: string): void; error(problem: unknown): void };

const [action, server, key, third, gateway] = process.argv.slice(2);
const api = new Configuration({ basePath: server, accessToken: key });

async function register(number: string): Promise<void> {
    const { clientId } = await new ClientsApi(api).createClient({
        clientFields: { clientName: "Imobiliária XPTO", additionalInfo: "Especialista em imóveis de luxo" },
    });
    const ofClient = { clientId };
    const { key: clientKey } = await new APIKeysApi(api).createApiKey({
        ...ofClient,
        newKeyFields: { name: "typescript", role: NewKeyFieldsRoleEnum.Administrador },
    });
    const { userId } = await new UsersApi(api).createUser({
        ...ofClient,
        userFields: {
            userName: "João Correia",
            userRole: "Corretor",
            email: "joao@imobiliariaxpto.com",
            phoneNumber: "+5511988888888",
        },
    });
    const assistantId = await assistant(ofClient);
    const channel = await new ChannelsApi(api).createChannel({
        ...ofClient,
        channelFields: {
            channelType: "WhatsApp",
            channelIdentifier: number,
            status: "Ativo",
            provider: "Gateway",
            outboundUrl: gateway,
            assistantId,
            defaultUserId: userId,
        },
    });
    console.log(`${clientId} ${clientKey} ${channel.webhookSecret}`);
}

async function assistant(ofClient: { clientId: number }): Promise<number> {
    const { assistantId } = await new AssistantsApi(api).createAssistant({
        assistantFields: { assistantName: "Atendente", implementationReference: "builtin:atendente" },
    });
    const greeting = { name: "saudacao", patterns: ["^oi"], answer: "Olá! Em que posso ajudar?" };
    await new ClientAssistantsApi(api).associateAssistant({
        ...ofClient,
        clientAssistantFields: {
            assistantId,
            _configuration: { fallback: "Não entendi.", intents: [greeting] },
        },
    });
    await new ToolsApi(api).createTool({
        ...ofClient,
        assistantId,
        toolFields: {
            toolName: "buscar_imoveis",
            taskType: "ConsultaCRM",
            _configuration: { method: "GET", url: "https://crm.example.com/imoveis?bairro={bairro}" },
        },
    });
    return assistantId;
}

async function read(clientId: number): Promise<void> {
    const sessions = new SessionsApi(api);
    const page = await sessions.listSessions({ clientId });
    const ofSession = { clientId, sessionId: page.items[0].sessionId };
    const messages = await sessions.listMessages(ofSession);
    for (const message of messages.items) {
        const content = message.content;
        console.log(`${message.senderType}: ${content.contentType === "Texto" ? content.text : content.contentType}`);
    }
    for (const event of (await sessions.listSessionEvents(ofSession)).items) {
        print(event);
    }
}

function print(event: Event): void {
    switch (event.eventType) {
        case "MensagemRecebida":
            console.log(`${event.eventType} ${event.eventData.messageID}`);
            break;
        case "SessãoIniciada":
        case "MensagemEnviada":
            break;
        default:
            console.log(event.eventType);
    }
}

(action === "register" ? register(third) : read(Number(third))).catch((problem) => {
    console.error(problem);
    process.exitCode = 1;
});
