-- The clocks of London change on the last Sundays of March and October, at one in UTC (so since 1996). Worked out rather
-- than looked up, so that views need no extension in any client, and give the same day whatever its own zone. Only the
-- last hour of a day in UTC may lie on another day in London, and only in two months is the Sunday wanted.
CREATE OR REPLACE MACRO store.utc(moment) AS make_timestamp(epoch_us(moment));

CREATE OR REPLACE MACRO store.last_sunday(year, month) AS
    make_timestamp(year, month, 31 - isodow(make_date(year, month, 31)) % 7, 1, 0, 0);

CREATE OR REPLACE MACRO store.is_summer(utc) AS CASE
    WHEN month(utc) BETWEEN 4 AND 9 THEN true
    WHEN month(utc) = 3 THEN utc >= store.last_sunday(year(utc), 3)
    WHEN month(utc) = 10 THEN utc < store.last_sunday(year(utc), 10)
    ELSE false
END;

CREATE OR REPLACE MACRO main.london_day(moment) AS CASE
    WHEN hour(store.utc(moment)) = 23 AND store.is_summer(store.utc(moment)) THEN CAST(store.utc(moment) AS DATE) + 1
    ELSE CAST(store.utc(moment) AS DATE)
END;

COMMENT ON MACRO main.london_day IS 'The day in London of a moment, summer time included: london_day(since). A cast to DATE gives the day in UTC, which in summer is the day before for what is published at one minute past midnight. said_on has it ready.';
