# Stands in for postgres:17-bookworm where that cannot be fetched; see postgres.sh.
FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-15 \
    && rm -rf /var/lib/apt/lists/* /var/lib/postgresql/15 \
    && install --directory --owner postgres --group postgres --mode 0700 /var/lib/postgresql/data \
    && install --directory --owner postgres --group postgres --mode 3777 /run/postgresql
COPY postgres.sh /usr/local/bin/
ENV PATH="/usr/lib/postgresql/15/bin:$PATH"
VOLUME ["/var/lib/postgresql/data"]
STOPSIGNAL SIGINT
ENTRYPOINT ["postgres.sh"]
