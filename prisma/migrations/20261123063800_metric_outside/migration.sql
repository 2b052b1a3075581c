-- What counted records hold in columns that the schema does not have.
ALTER TABLE "metric_value" ADD COLUMN "outside" JSONB;
