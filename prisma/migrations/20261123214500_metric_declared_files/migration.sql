-- Of how many files a count of records is what they say of themselves. Of counts before nobody knows, which is told as none.
ALTER TABLE "metric_value" ADD COLUMN "declaredFiles" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "metric_point" ADD COLUMN "declaredFiles" INTEGER NOT NULL DEFAULT 0;
