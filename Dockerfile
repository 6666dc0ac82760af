# One image for the flows, the Prefect server and the Prefect worker. `make image-check` builds and tries it out; see
# docs/deploy.md.
FROM python:3.11-slim-bookworm AS packages
ENV UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PROJECT_ENVIRONMENT=/opt/venv \
    UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY .uv-version ./
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --disable-pip-version-check "uv==$(cat .uv-version)"
COPY pyproject.toml uv.lock ./
# Extras of pyproject.toml, by their names: EXTRAS="lake dask".
ARG EXTRAS=""
RUN for extra in $EXTRAS; do echo "--extra $extra"; done >/opt/extras \
    && xargs -a /opt/extras /opt/uv/bin/uv sync --system-certs --locked --no-dev --no-install-project --compile-bytecode
# What nobody needs at run time. Babel's locales: only a filter of addresses by language, never asked for, reads them.
# Prefect's second page asks a host outside whatever the settings.
RUN site=/opt/venv/lib/python3.11/site-packages \
    && find $site -type d \( -name test -o -name tests \) -prune -exec rm -r {} + \
    && find $site -type f \( -name '*.py[ix]' -o -name '*.pxd' -o -name '*.[ch]' -o -name '*.cpp' \) -delete \
    && find $site/babel/locale-data -type f ! -name 'en*' ! -name root.dat -delete \
    && rm -r $site/prefect/server/ui-v2

FROM packages AS build
COPY README.md LICENSE prefect.yaml ./
COPY config/ config/
COPY warehouse/ warehouse/
COPY extractors/ extractors/
COPY flows/ flows/
COPY deploy/start deploy/health.py deploy/kubernetes.json deploy/
# Editable on purpose: the shipped configuration is found beside the source. What that adds to the packages goes into a
# layer of its own, so that an upgrade leaves theirs alone.
RUN touch /opt/before \
    && xargs -a /opt/extras /opt/uv/bin/uv sync --system-certs --locked --no-dev \
    && python -m compileall -q flows extractors warehouse \
    && chmod -R go=rX /app \
    && mkdir /project \
    && find /opt/venv -newer /opt/before ! -type d -exec cp --parents --target-directory=/project {} +

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="stancewatch" \
      org.opencontainers.image.description="Watches UK health news for who takes which side on control of the NHS." \
      org.opencontainers.image.source="https://github.com/stancewatch/stancewatch" \
      org.opencontainers.image.licenses="MIT"
# The base has no bytecode of Python's own library: each start and each health check would compile it anew.
RUN python -m pip uninstall --yes --quiet --root-user-action=ignore setuptools wheel packaging pip \
    && library=$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))') \
    && for name in ensurepip idlelib lib2to3 pydoc_data tkinter turtledemo; do rm -rf "${library:?}/$name"; done \
    && python -m compileall -q "$library" \
    && find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
    && groupadd --gid 10001 stancewatch \
    && useradd --no-log-init --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin stancewatch \
    && install --directory --owner 10001 --group 10001 --mode 0750 /data
COPY --from=packages /opt/venv /opt/venv
COPY --from=build /project/ /
COPY --from=build /app /app
# Only /data and /tmp are ever written; the runner answers the health check on port 8080, inside only.
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STANCEWATCH_CONFIG=/app/config \
    STANCEWATCH_HOME=/data \
    PREFECT_HOME=/data/prefect \
    PREFECT_SERVER_UI_STATIC_DIRECTORY=/tmp/prefect-ui \
    PREFECT_RUNNER_SERVER_ENABLE=true \
    PREFECT_RUNNER_SERVER_HOST=127.0.0.1 \
    PREFECT_RUNNER_SERVER_PORT=8080 \
    PREFECT_RUNNER_SERVER_MISSED_POLLS_TOLERANCE=6
WORKDIR /app
USER 10001:10001
VOLUME ["/data"]
# Prefect ends cleanly on an interrupt; its handler of SIGTERM leaves a trace of itself in the log.
STOPSIGNAL SIGINT
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
    CMD ["python", "-I", "/app/deploy/health.py", "http://127.0.0.1:8080/health", "/data/last-published"]
ENTRYPOINT ["/app/deploy/start"]
CMD ["serve"]
