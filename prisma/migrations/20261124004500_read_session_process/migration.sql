-- Whether the process that gives out a stream still lives is known by a lock that it holds under this name.
ALTER TABLE "read_session" ADD COLUMN "process" TEXT;
