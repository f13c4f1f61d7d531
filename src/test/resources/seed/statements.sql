-- The SQL of the design document, unchanged and in its order.

INSERT INTO Clients (ClientName, AdditionalInfo, CreatedAt, UpdatedAt)
VALUES ('Imobiliária XPTO', 'Especialista em imóveis de luxo', NOW(), NOW());

INSERT INTO CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, CreatedAt, UpdatedAt)
VALUES (1, 'WhatsApp', '+5511999999999', 'Ativo', NOW(), NOW());

INSERT INTO ClientUsers (ClientID, UserName, UserRole, Email, PhoneNumber, Status, CreatedAt, UpdatedAt)
VALUES (1, 'João Correia', 'Corretor', 'joao@imobiliariaxpto.com', '+5511988888888', 'Ativo', NOW(), NOW());

INSERT INTO Messages (SessionID, SenderType, ContentType, Content, Timestamp)
VALUES (<SessionID>, 'Usuário-Cliente', 'Texto', 'Quais imóveis estão disponíveis no bairro X?', NOW());

INSERT INTO BackgroundTasks (SessionID, TaskType, Status, CreatedAt)
VALUES (<SessionID>, 'ConsultaCRM', 'Pendente', NOW());

INSERT INTO Events (SessionID, EventType, EventData, Timestamp)
VALUES (<SessionID>, 'TarefaIniciada', '{"TaskType": "ConsultaCRM"}', NOW());

SELECT ClientID, ChannelID FROM CommunicationChannels
WHERE ChannelIdentifier = '+5511999999999' AND ChannelType = 'VoiceCall';

INSERT INTO Sessions (ClientID, ChannelID, StartTime)
VALUES (<ClientID>, <ChannelID>, NOW());

INSERT INTO Calls (SessionID, CallDirection, SIPTrunkID, CallStatus, StartTime)
VALUES (<SessionID>, 'Inbound', 'Trunk_X', 'Ringing', NOW());

UPDATE Calls
SET CallStatus = 'Completed', EndTime = NOW()
WHERE CallID = <CallID>;

INSERT INTO Events (SessionID, EventType, EventData, Timestamp)
VALUES (<SessionID>, 'ChamadaEncerrada', '{"CallID": "<CallID>"}', NOW());

SELECT ChannelID FROM CommunicationChannels
WHERE ChannelIdentifier = '+5511999999999' AND ChannelType = 'VoiceCall';

INSERT INTO Calls (SessionID, CallDirection, SIPTrunkID, CallStatus, StartTime)
VALUES (<SessionID>, 'Outbound', 'Trunk_X', 'Initiated', NOW());

UPDATE Calls
SET CallStatus = 'In Progress'
WHERE CallID = <CallID>;

INSERT INTO Events (SessionID, EventType, EventData, Timestamp)
VALUES (<SessionID>, 'ChamadaConectada', '{"CallID": "<CallID>"}', NOW());

INSERT INTO BackgroundTasks (SessionID, TaskType, Status, CreatedAt)
VALUES (<SessionID>, 'TranscricaoAudio', 'Pendente', NOW());

UPDATE BackgroundTasks
SET Status = 'Concluída', ResultData = '{"texto": "Transcrição do áudio..."}', UpdatedAt = NOW()
WHERE TaskID = <TaskID>;

INSERT INTO Events (SessionID, EventType, EventData, Timestamp)
VALUES (<SessionID>, 'TarefaConcluída', '{"TaskID": "<TaskID>"}', NOW());

INSERT INTO BackgroundTasks (SessionID, TaskType, Status, CreatedAt)
VALUES (<SessionID>, 'ConsultaCRM', 'Pendente', NOW());

UPDATE BackgroundTasks
SET Status = 'Concluída', ResultData = '{"propriedades": ["Imóvel A", "Imóvel B"]}', UpdatedAt = NOW()
WHERE TaskID = <TaskID>;

INSERT INTO Events (SessionID, EventType, EventData, Timestamp)
VALUES (<SessionID>, 'ConsultaConcluída', '{"TaskID": "<TaskID>"}', NOW());

INSERT INTO Events (SessionID, EventType, EventData, Timestamp)
VALUES (NULL, 'NotificaçãoProativa', '{"mensagem": "Novo imóvel disponível!"}', NOW());

INSERT INTO Events (SessionID, EventType, EventData, Timestamp)
VALUES (NULL, 'AlertaSistema', '{"erro": "Falha na API do CRM"}', NOW());
