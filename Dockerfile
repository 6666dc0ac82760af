# One image for the flows, the Prefect server and the Prefect worker. See docs/deploy.md.
FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY .uv-version ./
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --disable-pip-version-check "uv==$(cat .uv-version)"
COPY pyproject.toml uv.lock ./
RUN /opt/uv/bin/uv sync --locked --no-dev --no-install-project
COPY README.md LICENSE prefect.yaml ./
COPY config/ config/
COPY warehouse/ warehouse/
COPY extractors/ extractors/
COPY flows/ flows/
COPY deploy/start deploy/health.py deploy/
# Editable on purpose: the shipped configuration is found beside the source.
RUN /opt/uv/bin/uv sync --locked --no-dev \
    && python -m compileall -q flows extractors warehouse \
    && chmod -R go=rX /app

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="stancewatch" \
      org.opencontainers.image.description="Watches UK health news for who takes which side on control of the NHS." \
      org.opencontainers.image.source="https://github.com/stancewatch/stancewatch" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 stancewatch \
    && useradd --no-log-init --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin stancewatch \
    && install --directory --owner 10001 --group 10001 --mode 0750 /data
COPY --from=build /app /app
# Only /data and /tmp are ever written; the runner answers the health check on port 8080, inside only.
ENV PATH="/app/.venv/bin:$PATH" \
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
    CMD ["python", "-I", "/app/deploy/health.py", "http://127.0.0.1:8080/health", "/data/warehouse.published.duckdb"]
ENTRYPOINT ["/app/deploy/start"]
CMD ["serve"]
