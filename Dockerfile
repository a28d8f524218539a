# syntax=docker/dockerfile:1
# An image that renders the canvases of the folder it is started in; no browser, no office suite inside.
#   docker build -t bmcrender .
#   docker run --rm -v "$PWD:/work" -u "$(id -u):$(id -g)" bmcrender canvas.yaml --pdf --pptx
ARG PYTHON=3.13-slim-bookworm

FROM python:${PYTHON} AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:${PYTHON}
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
# The image comes without compiled modules, and who runs it may not write them: each start would compile all anew.
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir /wheels/*.whl \
    && python -m compileall -q "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" \
    && bmcrender doctor \
    && useradd --create-home --uid 1000 bmcrender
USER 1000
WORKDIR /work
ENTRYPOINT ["bmcrender"]
CMD ["--help"]
