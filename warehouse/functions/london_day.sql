-- The clocks of London change on the last Sundays of March and October, at one in UTC (so since 1996). Worked out rather
-- than looked up, so that views need no extension in any client, and give the same day whatever its own zone.
CREATE OR REPLACE MACRO store.utc(moment) AS make_timestamp(epoch_us(moment));

CREATE OR REPLACE MACRO store.last_sunday(year, month) AS
    make_timestamp(year, month, 31 - isodow(make_date(year, month, 31)) % 7, 1, 0, 0);

CREATE OR REPLACE MACRO main.london_day(moment) AS CAST(
    store.utc(moment) + CASE
        WHEN store.utc(moment) >= store.last_sunday(year(store.utc(moment)), 3)
            AND store.utc(moment) < store.last_sunday(year(store.utc(moment)), 10) THEN INTERVAL 1 HOUR
        ELSE INTERVAL 0 HOUR
    END AS DATE);

COMMENT ON MACRO main.london_day IS 'The day in London of a moment, summer time included: london_day(since). A cast to DATE gives the day in UTC, which in summer is the day before for what is published at one minute past midnight. said_on has it ready.';
