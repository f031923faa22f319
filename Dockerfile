FROM python:3.11-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements/run.txt /requirements.txt
RUN /venv/bin/python -m pip install --require-hashes --only-binary :all: --requirement /requirements.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin overturn \
    && mkdir /data && chown overturn:overturn /data && chmod 0700 /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
RUN /venv/bin/python -m compileall -q /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 OVERTURN_ENV=production OVERTURN_DATA_DIR=/data
USER overturn
VOLUME /data
EXPOSE 8000
# WEB_CONCURRENCY sets the number of processes.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--preload", "--worker-class", "gthread", "--workers", "2", \
     "--threads", "4", "--graceful-timeout", "20", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
