-- What was left out of a stream, or went into it with faults, when the settings say to go on.
ALTER TABLE "read_session" ADD COLUMN "warnings" JSONB;
