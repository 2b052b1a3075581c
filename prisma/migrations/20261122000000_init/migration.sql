-- CreateTable
CREATE TABLE "installation" (
    "id" TEXT NOT NULL DEFAULT 'installation',
    "shortId" TEXT NOT NULL,
    "keyCheck" BYTEA NOT NULL,
    "setupTokenHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_window" (
    "key" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "rate_window_pkey" PRIMARY KEY ("key","startedAt")
);

-- CreateTable
CREATE TABLE "space" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "space_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "userId" TEXT,
    "email" TEXT,
    "groupIds" TEXT[],
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "builtIn" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "userId" TEXT,
    "keyId" TEXT,
    "from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "endedBy" TEXT,
    "endedReason" TEXT,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ownerId" TEXT,
    "label" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "admin" BOOLEAN NOT NULL DEFAULT false,
    "hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),
    "createdBy" TEXT NOT NULL,
    "revokedBy" TEXT,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),
    "lastEventAt" TIMESTAMPTZ(3),
    "lastAddress" TEXT,
    "conflicts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node_token" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,

    CONSTRAINT "node_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGSERIAL NOT NULL,
    "spaceId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "nodeType" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "msgType" TEXT NOT NULL,
    "outcome" TEXT,
    "actor" TEXT,
    "objectType" TEXT,
    "objectId" TEXT,
    "projectKey" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "line" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "repeatKey" TEXT,
    "repeats" INTEGER NOT NULL DEFAULT 1,
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "batchId" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "delivery_batch" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "nodeType" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "body" BYTEA,
    "firstReceivedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastReceivedAt" TIMESTAMPTZ(3) NOT NULL,
    "sealedAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL,
    "lastError" TEXT,
    "lagMs" INTEGER,

    CONSTRAINT "delivery_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "deliverFrom" TEXT NOT NULL DEFAULT 'beginning',
    "deliverSince" TIMESTAMPTZ(3),
    "deliverUntil" BIGINT,
    "steps" JSONB NOT NULL DEFAULT '[]',
    "error" JSONB,
    "jobId" TEXT,
    "changedBy" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activatedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "extension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL DEFAULT 'EC2',
    "description" TEXT NOT NULL DEFAULT '',
    "managedBy" TEXT,
    "params" JSONB NOT NULL,
    "secret" BYTEA,
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),
    "removedBy" TEXT,
    "removedReason" TEXT,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_grant" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "groupId" TEXT,
    "userId" TEXT,
    "from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "endedBy" TEXT,
    "endedReason" TEXT,

    CONSTRAINT "connection_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "read_switch" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "required" BOOLEAN NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "read_switch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_test" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "trigger" TEXT NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "message" TEXT NOT NULL,
    "steps" JSONB NOT NULL,

    CONSTRAINT "connection_test_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "ownerId" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_member" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "groupId" TEXT,
    "userId" TEXT,
    "from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "endedBy" TEXT,
    "endedReason" TEXT,

    CONSTRAINT "project_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedBy" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_listing" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "datasetId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "listedAt" TIMESTAMPTZ(3) NOT NULL,
    "complete" BOOLEAN NOT NULL,
    "ledger" JSONB NOT NULL,

    CONSTRAINT "dataset_listing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_draft" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dataset_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" TEXT NOT NULL,
    "spaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "message" TEXT NOT NULL DEFAULT '',
    "actor" JSONB NOT NULL,
    "payload" JSONB NOT NULL,
    "result" JSONB,
    "error" JSONB,
    "objectType" TEXT,
    "objectId" TEXT,
    "exclusiveKey" TEXT,
    "requestId" TEXT NOT NULL,
    "cancelRequested" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "heartbeatAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_item" (
    "spaceId" TEXT NOT NULL,
    "jobId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "job_item_pkey" PRIMARY KEY ("spaceId","jobId","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_spaceId_id_key" ON "user"("spaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "user_spaceId_login_key" ON "user"("spaceId", "login");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_spaceId_userId_idx" ON "session"("spaceId", "userId");

-- CreateIndex
CREATE INDEX "account_spaceId_userId_idx" ON "account"("spaceId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "account_spaceId_providerId_accountId_key" ON "account"("spaceId", "providerId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_link_tokenHash_key" ON "one_time_link"("tokenHash");

-- CreateIndex
CREATE INDEX "one_time_link_spaceId_kind_idx" ON "one_time_link"("spaceId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "group_spaceId_id_key" ON "group"("spaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "group_spaceId_name_key" ON "group"("spaceId", "name");

-- CreateIndex
CREATE INDEX "membership_spaceId_groupId_idx" ON "membership"("spaceId", "groupId");

-- CreateIndex
CREATE INDEX "membership_spaceId_userId_idx" ON "membership"("spaceId", "userId");

-- CreateIndex
CREATE INDEX "membership_spaceId_keyId_idx" ON "membership"("spaceId", "keyId");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_spaceId_ownerId_idx" ON "api_key"("spaceId", "ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_spaceId_id_key" ON "api_key"("spaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "node_spaceId_id_key" ON "node"("spaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "node_spaceId_name_key" ON "node"("spaceId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "node_token_hash_key" ON "node_token"("hash");

-- CreateIndex
CREATE INDEX "node_token_spaceId_nodeId_idx" ON "node_token"("spaceId", "nodeId");

-- CreateIndex
CREATE INDEX "audit_event_spaceId_objectType_objectId_seq_idx" ON "audit_event"("spaceId", "objectType", "objectId", "seq");

-- CreateIndex
CREATE INDEX "audit_event_spaceId_repeatKey_closesAt_idx" ON "audit_event"("spaceId", "repeatKey", "closesAt");

-- CreateIndex
CREATE INDEX "audit_event_spaceId_batchId_idx" ON "audit_event"("spaceId", "batchId");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_spaceId_nodeId_eventId_digest_key" ON "audit_event"("spaceId", "nodeId", "eventId", "digest");

-- CreateIndex
CREATE INDEX "delivery_batch_spaceId_stream_nodeType_deliveredAt_idx" ON "delivery_batch"("spaceId", "stream", "nodeType", "deliveredAt");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_batch_spaceId_key_key" ON "delivery_batch"("spaceId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "extension_spaceId_key_key" ON "extension"("spaceId", "key");

-- CreateIndex
CREATE INDEX "connection_spaceId_name_idx" ON "connection"("spaceId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "connection_spaceId_id_key" ON "connection"("spaceId", "id");

-- CreateIndex
CREATE INDEX "connection_grant_spaceId_connectionId_idx" ON "connection_grant"("spaceId", "connectionId");

-- CreateIndex
CREATE INDEX "read_switch_spaceId_connectionId_idx" ON "read_switch"("spaceId", "connectionId");

-- CreateIndex
CREATE INDEX "connection_test_spaceId_connectionId_at_idx" ON "connection_test"("spaceId", "connectionId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "project_spaceId_id_key" ON "project"("spaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "project_spaceId_key_key" ON "project"("spaceId", "key");

-- CreateIndex
CREATE INDEX "project_member_spaceId_projectId_idx" ON "project_member"("spaceId", "projectId");

-- CreateIndex
CREATE INDEX "dataset_spaceId_connectionId_idx" ON "dataset"("spaceId", "connectionId");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_spaceId_id_key" ON "dataset"("spaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_spaceId_projectId_nameKey_key" ON "dataset"("spaceId", "projectId", "nameKey");

-- CreateIndex
CREATE INDEX "dataset_listing_spaceId_datasetId_listedAt_idx" ON "dataset_listing"("spaceId", "datasetId", "listedAt");

-- CreateIndex
CREATE INDEX "dataset_draft_spaceId_projectId_authorId_idx" ON "dataset_draft"("spaceId", "projectId", "authorId");

-- CreateIndex
CREATE INDEX "job_spaceId_state_idx" ON "job"("spaceId", "state");

-- CreateIndex
CREATE INDEX "job_spaceId_objectType_objectId_idx" ON "job"("spaceId", "objectType", "objectId");

-- CreateIndex
CREATE UNIQUE INDEX "job_spaceId_id_key" ON "job"("spaceId", "id");

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "space"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_spaceId_userId_fkey" FOREIGN KEY ("spaceId", "userId") REFERENCES "user"("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_spaceId_userId_fkey" FOREIGN KEY ("spaceId", "userId") REFERENCES "user"("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group" ADD CONSTRAINT "group_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "space"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_spaceId_groupId_fkey" FOREIGN KEY ("spaceId", "groupId") REFERENCES "group"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_spaceId_userId_fkey" FOREIGN KEY ("spaceId", "userId") REFERENCES "user"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_spaceId_keyId_fkey" FOREIGN KEY ("spaceId", "keyId") REFERENCES "api_key"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "space"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_spaceId_ownerId_fkey" FOREIGN KEY ("spaceId", "ownerId") REFERENCES "user"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "space"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node_token" ADD CONSTRAINT "node_token_spaceId_nodeId_fkey" FOREIGN KEY ("spaceId", "nodeId") REFERENCES "node"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extension" ADD CONSTRAINT "extension_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "space"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection" ADD CONSTRAINT "connection_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "space"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_grant" ADD CONSTRAINT "connection_grant_spaceId_connectionId_fkey" FOREIGN KEY ("spaceId", "connectionId") REFERENCES "connection"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_grant" ADD CONSTRAINT "connection_grant_spaceId_groupId_fkey" FOREIGN KEY ("spaceId", "groupId") REFERENCES "group"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_grant" ADD CONSTRAINT "connection_grant_spaceId_userId_fkey" FOREIGN KEY ("spaceId", "userId") REFERENCES "user"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "read_switch" ADD CONSTRAINT "read_switch_spaceId_connectionId_fkey" FOREIGN KEY ("spaceId", "connectionId") REFERENCES "connection"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_test" ADD CONSTRAINT "connection_test_spaceId_connectionId_fkey" FOREIGN KEY ("spaceId", "connectionId") REFERENCES "connection"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_spaceId_fkey" FOREIGN KEY ("spaceId") REFERENCES "space"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_spaceId_projectId_fkey" FOREIGN KEY ("spaceId", "projectId") REFERENCES "project"("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_spaceId_groupId_fkey" FOREIGN KEY ("spaceId", "groupId") REFERENCES "group"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_spaceId_userId_fkey" FOREIGN KEY ("spaceId", "userId") REFERENCES "user"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_spaceId_projectId_fkey" FOREIGN KEY ("spaceId", "projectId") REFERENCES "project"("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_spaceId_connectionId_fkey" FOREIGN KEY ("spaceId", "connectionId") REFERENCES "connection"("spaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_listing" ADD CONSTRAINT "dataset_listing_spaceId_datasetId_fkey" FOREIGN KEY ("spaceId", "datasetId") REFERENCES "dataset"("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_draft" ADD CONSTRAINT "dataset_draft_spaceId_projectId_fkey" FOREIGN KEY ("spaceId", "projectId") REFERENCES "project"("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_draft" ADD CONSTRAINT "dataset_draft_spaceId_authorId_fkey" FOREIGN KEY ("spaceId", "authorId") REFERENCES "user"("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_item" ADD CONSTRAINT "job_item_spaceId_jobId_fkey" FOREIGN KEY ("spaceId", "jobId") REFERENCES "job"("spaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say ----------------------------------------------------

-- A name is free again once its connection is removed.
CREATE UNIQUE INDEX "connection_live_name" ON "connection" ("spaceId", lower("name")) WHERE "removedAt" IS NULL;

-- One job under way for one purpose: double clicks and two administrators meet here.
CREATE UNIQUE INDEX "job_exclusive" ON "job" ("spaceId", "exclusiveKey") WHERE "state" IN ('queued', 'running');

-- The outbox: what no batch has claimed yet.
CREATE INDEX "audit_event_waiting" ON "audit_event" ("spaceId", "stream", "nodeType", "seq") WHERE "batchId" IS NULL;
CREATE INDEX "delivery_batch_waiting" ON "delivery_batch" ("nextAttemptAt") WHERE "deliveredAt" IS NULL;

-- At most one open-ended interval of a kind. Ended ones stay for the question "who could on 3 March".
CREATE UNIQUE INDEX "membership_user_current" ON "membership" ("spaceId", "groupId", "userId") WHERE "until" IS NULL AND "userId" IS NOT NULL;
CREATE UNIQUE INDEX "membership_key_current" ON "membership" ("spaceId", "groupId", "keyId") WHERE "until" IS NULL AND "keyId" IS NOT NULL;
CREATE UNIQUE INDEX "connection_grant_current" ON "connection_grant" ("spaceId", "connectionId", "kind", "principal", coalesce("groupId", ''), coalesce("userId", '')) WHERE "until" IS NULL;
CREATE UNIQUE INDEX "read_switch_current" ON "read_switch" ("spaceId", "connectionId") WHERE "until" IS NULL;
CREATE UNIQUE INDEX "project_member_current" ON "project_member" ("spaceId", "projectId", coalesce("groupId", ''), coalesce("userId", '')) WHERE "until" IS NULL;

ALTER TABLE "membership" ADD CONSTRAINT "membership_one_principal" CHECK (num_nonnulls("userId", "keyId") = 1);
ALTER TABLE "membership" ADD CONSTRAINT "membership_interval" CHECK ("until" IS NULL OR "until" >= "from");
ALTER TABLE "connection_grant" ADD CONSTRAINT "connection_grant_interval" CHECK ("until" IS NULL OR "until" >= "from");
ALTER TABLE "connection_grant" ADD CONSTRAINT "connection_grant_principal" CHECK (
  ("principal" = 'everyone' AND "groupId" IS NULL AND "userId" IS NULL)
  OR ("principal" = 'group' AND "groupId" IS NOT NULL AND "userId" IS NULL)
  OR ("principal" = 'user' AND "userId" IS NOT NULL AND "groupId" IS NULL));
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_one_principal" CHECK (num_nonnulls("groupId", "userId") = 1);
