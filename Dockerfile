# The bot and its pages. The data (the database) and the cases are mounted: see docs/running.md.
FROM python:3.13-slim AS build
WORKDIR /src
# requirements/deid.txt brings what reads pictures for names and faces, and PostgreSQL: docs/privacy.md says who needs it.
ARG REQUIREMENTS=requirements/base.txt
COPY requirements requirements
RUN python3 -m venv /venv && /venv/bin/pip install --no-cache-dir -r "$REQUIREMENTS"
COPY pyproject.toml README.md LICENSE ./
COPY quizbot quizbot
COPY cases cases
COPY db/migrations db/migrations
RUN /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data quizbot && install -d -o quizbot /data/db /data/cases
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 QUIZBOT_WEB_HOST=0.0.0.0
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=60s --timeout=5s --start-period=20s \
  CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["quizbot"]
CMD ["run", "--web"]
