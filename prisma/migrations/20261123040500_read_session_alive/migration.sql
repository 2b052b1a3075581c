-- A stream whose process was killed would count as under way for ever.
ALTER TABLE "read_session" ADD COLUMN "aliveAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
